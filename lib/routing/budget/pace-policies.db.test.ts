import { beforeEach, expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import type { Project, User } from "@/lib/db/generated/client";
import { bookSubmission } from "@/lib/ledger/book";
import { aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { currentPolicy } from "../policy";
import type { PolicyPayload } from "../schema";
import { pacePolicies } from "./pace-policies";

const dayMs = 86_400_000;
const day = (days: number) => new Date(Date.now() + days * dayMs);
const isoDay = (date: Date) => date.toISOString().slice(0, 10);

let project: Project;
let user: User;

/** 10.00 from yesterday until in three days; an instance costs people 1.00 and AI nothing. */
const paced: PolicyPayload = {
  ...{ kind: "random", humanShare: 1, dualShare: 0, lmWeight: 0.5, seed: 1 },
  pacing: { micros: 10_000_000, startsOn: isoDay(day(-1)), endsOn: isoDay(day(3)) },
};

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject({ overlap: 1, currency: "EUR", hourPriceMicros: 36_000_000n, policy: paced });
  ({ user } = await aMember(project));
  await prisma.policy.updateMany({ where: { projectId: project.id }, data: { createdAt: day(-1) } });
});

const worked = (times: number) =>
  bookSubmission(prisma, {
    ...{ projectId: project.id, userId: user.id, activeMs: 100_000 * times },
    types: Array.from({ length: times }, () => "comparison" as const),
  });
const policyNow = () => currentPolicy(prisma, project.id);

async function instances(count: number, createdAt = new Date()): Promise<void> {
  for (let n = 0; n < count; n++) await anInstance(project, { createdAt });
}

test("a day's first call makes the share what the rest of the money buys, and says why", async () => {
  await worked(1);
  await instances(18);
  await pacePolicies();
  // 9.00 are left for 18.
  expect(await policyNow()).toMatchObject({
    version: 2,
    humanShare: 0.5,
    kind: "random",
    pacing: { micros: 10_000_000 },
  });
  expect(await prisma.policy.findFirst({ where: { projectId: project.id, version: 2 } })).toMatchObject({
    createdById: null,
    cause: "Of 10.00\u00a0EUR, 1.00\u00a0EUR are spent: the rest pays people for 50 % of 18 open instances.",
  });
  expect(await prisma.run.count({ where: { projectId: project.id, kind: "route" } })).toBe(1);
  expect(await prisma.auditEvent.findMany({ where: { projectId: project.id } })).toMatchObject([
    { action: "policy.apply", actor: "Tandem" },
  ]);
  await instances(18);
  await pacePolicies();
  expect(await policyNow()).toMatchObject({ version: 2 });
  // The next day 9.00 are left for 36, and a single day on which some came lets no more expect.
  await pacePolicies(day(1));
  expect(await policyNow()).toMatchObject({ version: 3, humanShare: 0.25 });
});

test("labels still to come on what people have begun are bound, and steady arrivals expected", async () => {
  await worked(1);
  for (const days of [-3, -2, -1]) await instances(1, day(days));
  await instances(10, day(-4));
  const begun = await anInstance(project);
  await aLabel(begun);
  await pacePolicies();
  // 9.00 less 1.00 for the one; 13 are open, and one more a day comes today and on three more.
  const { humanShare } = (await policyNow()) as Extract<PolicyPayload, { humanShare: number }>;
  expect(humanShare).toBeCloseTo(8 / 17, 10);
});

test("a budget that is spent ends at once, one whose last day is over on the next", async () => {
  await instances(4);
  await worked(10);
  await pacePolicies();
  expect(await policyNow()).toMatchObject({ version: 2, humanShare: 0, pacing: null });
  await pacePolicies(day(4));
  expect(await policyNow()).toMatchObject({ version: 2 });
  const other = await aProject({ hourPriceMicros: 36_000_000n, policy: paced });
  await pacePolicies(day(4));
  const row = await prisma.policy.findFirst({ where: { projectId: other.id, version: 2 } });
  expect(row).toMatchObject({ payload: { humanShare: 0, pacing: null } });
  expect(row!.cause).toMatch(/^The budget of 10.00\u00a0USD ended on .* until somebody decides.$/);
});

test("a share that stays, a budget without prices and policies without one make no new version", async () => {
  await worked(1);
  await instances(5);
  const unpriced = await aProject({ policy: paced });
  const unpaced = await aProject({ hourPriceMicros: 36_000_000n, policy: { ...paced, pacing: null } });
  await pacePolicies();
  for (const { id } of [project, unpriced, unpaced]) expect((await currentPolicy(prisma, id)).version).toBe(1);
});
