import { beforeEach, expect, test } from "vitest";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import type { Project, User } from "@/lib/db/generated/client";
import { bookSubmission } from "@/lib/ledger/book";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import { backtestShares } from "../fits/schema";
import { makePlan } from "./make-plan";

let project: Project;
let user: User;
let access: Access<"routing:read">;

beforeEach(async () => {
  project = await aProject({
    ...{ overlap: 1, currency: "EUR", hourPriceMicros: 36_000_000n },
    policy: { kind: "all-human", dualShare: 0.1, lmWeight: 0.5, seed: 1 },
  });
  ({ user } = await aMember(project, { role: "researcher" }));
  access = await accessFor(user, project, "routing:read");
  // 100 s at 0.01 a second: 1.00 an instance.
  await bookSubmission(prisma, { projectId: project.id, userId: user.id, activeMs: 100_000, types: ["comparison"] });
});

/** Right as often as 0.8 and a fifth of the share for people. */
async function aFit(): Promise<void> {
  const figure = (value: number) => ({ value, interval: [value - 0.01, value + 0.01] });
  const points = backtestShares.map((humanShare) => ({
    ...{ humanShare, labelAccuracy: figure(0.8 + 0.2 * humanShare), costMicros: null },
    ...{ rewardAccuracy: null, rewardLogLikelihood: null },
  }));
  const report = {
    data: {
      ...{ question: "comparison", aspect: "overall", pairs: 100, prompts: 100, drawn: 100, undecided: 0 },
      ...{ withoutText: 0, judgeAccuracy: figure(0.8), humanAccuracy: null, encoder: "hashed", modelVersion: null },
      ...{ judges: [], tagged: 0 },
    },
    ...{ learned: null, reason: "Too few pairs.", risks: [] },
    backtest: { seeds: 5, curves: [{ policy: "random", points }] },
  };
  await prisma.routingFit.create({
    data: {
      ...{ projectId: project.id, version: 1, runId: project.id, seed: 1, cause: "hand", report },
      model: { gain: null, errors: null, confidences: {} },
    },
  });
}

test("an amount is planned for what is open, by the dual share of the policy", async () => {
  for (let n = 0; n < 9; n++) await anInstance(project);
  await anInstance(project, { hasImages: true });
  await aLabel(await anInstance(project));
  const plan = await makePlan(access, { policy: "random", goal: { kind: "spend", micros: 5_950_000 } });
  // One with images, and of nine a tenth by both and half of the rest by people.
  expect(plan).toMatchObject({ open: 10, people: 6, isReached: true, humanMicros: 1_000_000, labelAccuracy: null });
  expect(plan.humanShare).toBeCloseTo(0.5, 10);
});

test("a quality is planned by the backtest of the newest fit, and where none tells, this is said", async () => {
  for (let n = 0; n < 10; n++) await anInstance(project);
  const goal = { kind: "reach" as const, labelAccuracy: 0.91 };
  await expect(makePlan(access, { policy: "random", goal })).rejects.toThrow(/There is no fit of the router yet/);
  await aFit();
  await expect(makePlan(access, { policy: "learned", goal })).rejects.toThrow(/Fit 1 has no backtest of learned/);
  const plan = await makePlan(access, { policy: "random", goal });
  // 0.1 x 1 for what both label, and 0.9 x (0.8 + 0.2 s).
  expect(plan.humanShare).toBeCloseTo(0.5, 10);
  expect(plan.labelAccuracy!.value).toBeCloseTo(0.91, 10);
  expect(await makePlan(access, { policy: "random", goal: { kind: "spend", micros: 5_500_000 } })).toMatchObject({
    labelAccuracy: { value: expect.closeTo(0.91, 10) as number },
  });
});
