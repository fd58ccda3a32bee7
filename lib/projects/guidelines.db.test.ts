import { expect, test } from "vitest";
import { nextAssignment } from "@/lib/assignments/lease";
import { submitInput } from "@/lib/assignments/schema";
import { submitAssignment } from "@/lib/assignments/submit";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { readGuidelines } from "./guidelines";
import { updateProject } from "./update";

let counter = 0;

/** Labels the next instance with this version of the guidelines on the screen; the version that its label has. */
async function label(me: Access<"label:write">, guidelinesVersion: number): Promise<number | null> {
  const { id } = (await nextAssignment(me, { held: [] }))!;
  const submissionId = `22222222-2222-4222-8222-${String(++counter).padStart(12, "0")}`;
  const answers = { comparison: { overall: 1 } };
  await submitAssignment(
    me,
    id,
    submitInput.parse({ ...{ submissionId, schemaVersion: 1, guidelinesVersion, answers, activeMs: 1 } }),
  );
  const stored = await prisma.label.findFirstOrThrow({ where: { projectId: me.projectId, submissionId } });
  return stored.guidelinesVersion;
}

test("the guidelines tell which versions came since my last label, and every label has the version it was given under", async () => {
  const project = await aProject({ guidelines: "One" });
  for (let n = 0; n < 3; n++) await anInstance(project);
  const { user } = await aMember(project);
  const me = await accessFor(user, project, "label:write");
  const other = await accessFor((await aMember(project)).user, project, "label:write");
  const admin = await accessFor((await aMember(project, { role: "admin" })).user, project, "project:update");
  expect(await readGuidelines(me)).toMatchObject({ version: 1, text: "One", sinceMine: null });

  expect(await label(me, 1)).toBe(1);
  expect((await readGuidelines(me)).sinceMine).toEqual({ version: 1, newer: [] });
  await updateProject(admin, { guidelines: "Two" });
  await updateProject(admin, { guidelines: "Three" });
  const after = await readGuidelines(me);
  expect(after).toMatchObject({ version: 3, text: "Three" });
  expect(after.sinceMine).toMatchObject({ version: 1, newer: [{ version: 2 }, { version: 3 }] });
  expect(after.sinceMine!.newer[1]!.createdAt).toBe(after.createdAt);

  // The page may still have shown an older version.
  expect(await label(me, 2)).toBe(2);
  expect((await readGuidelines(me)).sinceMine).toMatchObject({ version: 2, newer: [{ version: 3 }] });
  expect(await label(me, 3)).toBe(3);
  expect((await readGuidelines(me)).sinceMine).toEqual({ version: 3, newer: [] });
  expect((await readGuidelines(other)).sinceMine).toBeNull();
});
