import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { AssignmentState, Instance, User } from "@/lib/db/generated/client";
import { aMember, anInstance, aProject } from "@/lib/testing/builders";
import { releaseAll } from "./release";

/** An assignment that took its slot, as the queue gives them out. */
async function lend(instance: Instance, annotator: User, state: AssignmentState = "leased") {
  const key = { projectId: instance.projectId, id: instance.id };
  await prisma.instance.update({ where: { projectId_id: key }, data: { openSlots: { decrement: 1 } } });
  return await prisma.assignment.create({
    data: {
      projectId: instance.projectId,
      instanceId: instance.id,
      annotatorId: annotator.id,
      state,
      leaseUntil: new Date(Date.now() + 60_000),
      seed: 1,
      shownOrder: [0, 1],
    },
  });
}

const openSlots = async ({ id }: Instance) => (await prisma.instance.findFirstOrThrow({ where: { id } })).openSlots;

test("what a person has on loan is released and its slots are open again", async () => {
  const project = await aProject({ overlap: 3 });
  const { user } = await aMember(project);
  const { user: other } = await aMember(project);
  const [first, second, done] = [await anInstance(project), await anInstance(project), await anInstance(project)];
  await lend(first, user);
  await lend(first, other);
  await lend(second, user);
  await lend(done, user, "submitted");

  expect(await releaseAll(prisma, project.id, user.id)).toBe(2);
  expect(await Promise.all([first, second, done].map(openSlots))).toEqual([2, 3, 2]);
  const states = await prisma.assignment.groupBy({
    by: ["annotatorId", "state"],
    _count: true,
    where: { projectId: project.id },
  });
  expect(states.map(({ annotatorId, state, _count }) => [annotatorId === user.id, state, _count])).toEqual(
    expect.arrayContaining([
      [true, "released", 2],
      [true, "submitted", 1],
      [false, "leased", 1],
    ]),
  );
  expect(await releaseAll(prisma, project.id, user.id), "a second time there is nothing left").toBe(0);
  expect(await openSlots(first)).toBe(2);
});

test("loans of the same person in another project stay", async () => {
  const [here, there] = [await aProject(), await aProject()];
  const { user } = await aMember(here);
  await aMember(there, { user });
  const instance = await anInstance(there);
  await lend(instance, user);
  expect(await releaseAll(prisma, here.id, user.id)).toBe(0);
  expect(await openSlots(instance)).toBe(there.overlap - 1);
});

test("an assignment that is submitted while the release waits keeps its slot", async () => {
  const project = await aProject({ overlap: 1 });
  const { user } = await aMember(project);
  const instance = await anInstance(project);
  const { id } = await lend(instance, user);
  let release: Promise<number> | undefined;
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select from instances where project_id = ${project.id}::uuid and id = ${instance.id}::uuid for update`;
    release = releaseAll(prisma, project.id, user.id);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tx.assignment.update({
      where: { projectId_id: { projectId: project.id, id } },
      data: { state: "submitted" },
    });
  });
  expect(await release).toBe(0);
  expect(await openSlots(instance)).toBe(0);
});
