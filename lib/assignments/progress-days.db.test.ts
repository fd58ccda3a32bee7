import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { aLabel, accessFor, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { getProgressDays } from "./progress-days";

const dayMs = 86_400_000;
/** This long after the midnight in UTC that began the day so many days ago. */
const at = (daysAgo: number, afterMs = 0) =>
  new Date(Math.floor(Date.now() / dayMs) * dayMs - daysAgo * dayMs + afterMs);

async function aWorld() {
  const project = await aProject();
  const { user } = await aMember(project);
  const me = await accessFor(user, project, "label:write");
  const assign = async (fields: object, annotatorId = user.id) => {
    const instance = await anInstance(project);
    const columns = { projectId: project.id, instanceId: instance.id, annotatorId, seed: 1, leaseUntil: new Date() };
    await prisma.assignment.create({ data: { ...columns, shownOrder: [0, 1], ...fields } });
    return instance;
  };
  return { project, user, me, assign };
}
const submitted = (submittedAt: Date, activeMs = 0) => ({ state: "submitted", submittedAt, activeMs }) as const;

test("days begin at midnight UTC, and days without a submission are there with none", async () => {
  const { me, assign, project } = await aWorld();
  await assign(submitted(at(0)));
  await assign(submitted(at(0, -1)));
  await assign(submitted(at(1)));
  await assign(submitted(at(6)));
  await assign(submitted(at(6, -1)));
  await assign(submitted(at(0)), (await aMember(project)).user.id);
  const { days, today } = await getProgressDays(me);
  expect(days.map(({ submitted }) => submitted)).toEqual([1, 0, 0, 0, 0, 2, 1]);
  expect(days.map(({ day }) => day)).toEqual([6, 5, 4, 3, 2, 1, 0].map((ago) => at(ago).toISOString().slice(0, 10)));
  expect(today.submitted).toBe(1);
});

test("today tells what was skipped, the median of the active times and the time of all submissions", async () => {
  const { me, assign, user } = await aWorld();
  const first = await assign(submitted(at(0, 10), 1000));
  for (const ms of [4000, 9000]) await assign(submitted(at(0, 20), ms));
  await assign(submitted(at(2), 500_000));
  await assign({ state: "skipped", updatedAt: at(0, 5) });
  await assign({ state: "skipped", updatedAt: at(0, -5) });
  await assign({ state: "released", updatedAt: at(0, 5) });
  const submissionId = "33333333-3333-4333-8333-333333333333";
  for (const aspect of ["helpful", "true"])
    await aLabel(first, { userId: user.id, submissionId, aspect, activeMs: 1000, createdAt: at(0, 10) });
  await aLabel(first, { userId: user.id, aspect: "harmless", activeMs: 250, createdAt: at(0, 30) });
  await aLabel(first, { userId: user.id, aspect: "old", activeMs: 7000, createdAt: at(1) });
  expect((await getProgressDays(me)).today).toEqual({
    ...{ submitted: 3, skipped: 1, medianActiveMs: 4000, activeMs: 1250 },
  });
});

test("somebody who did nothing yet has no median", async () => {
  const { me } = await aWorld();
  expect(await getProgressDays(me)).toMatchObject({
    today: { submitted: 0, skipped: 0, medianActiveMs: null, activeMs: 0 },
  });
});
