import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { removeMember } from "./remove-member";

test("a removed member loses the project at once, what was on loan goes back, and the labels stay", async () => {
  const project = await aProject();
  const { user: admin } = await aMember(project, { role: "admin" });
  const { user } = await aMember(project);
  const lent = await anInstance(project, { openSlots: project.overlap - 1 });
  await prisma.assignment.create({
    data: {
      projectId: project.id,
      instanceId: lent.id,
      annotatorId: user.id,
      leaseUntil: new Date(),
      seed: 1,
      shownOrder: [0, 1],
    },
  });
  await aLabel(await anInstance(project), { userId: user.id });

  await removeMember(await accessFor(admin, project, "member:manage"), user.id);
  await expect(accessFor(user, project, "project:view")).rejects.toMatchObject({ code: "not_found" });
  expect(await prisma.instance.findFirst({ where: { id: lent.id } })).toMatchObject({ openSlots: project.overlap });
  expect(await prisma.assignment.findFirst({ where: { annotatorId: user.id } })).toMatchObject({ state: "released" });
  expect(await prisma.label.count({ where: { projectId: project.id, userId: user.id } })).toBe(1);
  expect(await prisma.auditEvent.findMany({ where: { projectId: project.id, action: "member.remove" } })).toMatchObject(
    [{ target: user.email, actor: admin.email, detail: { role: "annotator" } }],
  );
});
