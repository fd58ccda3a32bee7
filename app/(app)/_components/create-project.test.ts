import { afterEach, expect, test, vi } from "vitest";
import { createProject } from "./create-project";

afterEach(() => vi.unstubAllGlobals());

test("a project that was made stays made when nobody can say how far its samples are", async () => {
  const made = { slug: "again", samplesRunId: "00000000-0000-4000-8000-000000000000" };
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    if (asked.length > 1) throw new TypeError("Failed to fetch");
    return Response.json(made, { status: 201 });
  });
  expect(await createProject({ slug: "again", name: "Again", template: "multipref", samples: true })).toEqual(made);
  expect(asked).toEqual(["/api/v1/projects", `/api/v1/projects/again/runs/${made.samplesRunId}`]);
});
