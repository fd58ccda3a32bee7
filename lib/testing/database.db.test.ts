import { expect, test } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { accessFor, aMember, anInstance, aProject, aUser } from "./builders";

test("each file of tests has a database of its own", async () => {
  const { rows } = await pool.query("select current_database() as name");
  expect(rows[0].name).toMatch(/^tandem_test_/);
  expect(await prisma.user.count()).toBe(0);
});

test("builders make a valid world that people have real access to", async () => {
  const project = await aProject({ overlap: 2 });
  const { user } = await aMember(project, { role: "annotator" });
  const instance = await anInstance(project, { completions: ["One", { text: null, model: "m" }] });

  expect(instance).toMatchObject({
    openSlots: 2,
    completions: [
      { index: 0, text: "One" },
      { index: 1, text: null },
    ],
  });
  expect(await accessFor(user, project, "label:write")).toMatchObject({ projectId: project.id, role: "annotator" });
  await expect(accessFor(user, project, "project:update")).rejects.toMatchObject({ code: "forbidden" });
  await expect(accessFor(await aUser(), project, "project:view")).rejects.toMatchObject({ code: "not_found" });
});
