import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { findSubject } from "./find";
import { subjectQuery } from "./schema";

let project: Project;
let access: Access<"judge:manage">;

beforeEach(async () => {
  await prisma.project.deleteMany();
  const steps = { id: "proof", type: "steps", name: "Proof", definition: "", cut: "line", flags: [] } as const;
  project = await aProject({ schema: { questions: [steps], reason: "off" } });
  const { user } = await aMember(project, { role: "admin" });
  access = await accessFor(user, project, "judge:manage");
});

async function find(query: object): Promise<string | undefined> {
  return (await findSubject(access, subjectQuery.parse(query))).item?.outsideId;
}

test("instances that can be judged are found by id, one after the other, and at random", async () => {
  const first = await anInstance(project, { outsideId: "q1" });
  await anInstance(project, { outsideId: "unlabelable", isLabelable: false });
  await anInstance(project, { outsideId: "picture", hasImages: true });
  const last = await anInstance(project, { outsideId: "q2" });
  await anInstance(await aProject(), { outsideId: "elsewhere" });
  expect(await find({})).toBe("q1");
  expect(await find({ q: "q2" })).toBe("q2");
  expect(await find({ after: first.id })).toBe("q2");
  expect(await find({ before: last.id })).toBe("q1");
  expect(await find({ after: last.id })).toBeUndefined();
  expect(await find({ q: "q2", before: last.id })).toBeUndefined();
  expect(["q1", "q2"]).toContain(await find({ random: "yes" }));
  expect(await find({ q: "q1", random: "yes" })).toBe("q1");
  expect(await find({ q: "nowhere", random: "yes" })).toBeUndefined();
});

test("what is shown of it are the beginning of the prompt, its completions and their steps", async () => {
  await anInstance(project, { prompt: "😀".repeat(400), reference: "Yes.", completions: ["One.\nTwo.", "Three."] });
  const { item } = await findSubject(access, {});
  expect(item).toMatchObject({ excerpt: "😀".repeat(300), hasReference: true });
  expect(item!.completions.map(({ text, steps }) => [text, steps])).toEqual([
    ["One.\nTwo.", ["One.\n", "Two."]],
    ["Three.", ["Three."]],
  ]);
});

test("one place at a time is asked for", () => {
  const id = "01890000-0000-7000-8000-000000000000";
  expect(() => subjectQuery.parse({ after: id, before: id })).toThrow("takes one of after, before and random");
});
