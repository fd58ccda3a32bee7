import { beforeEach, expect, test } from "vitest";
import { SYSTEM } from "@/lib/auth/access";
import { operatorAccess } from "@/lib/auth/membership";
import { prisma } from "@/lib/db/client";
import type { Project } from "@/lib/db/generated/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import { accessFor, aMember, aProject } from "@/lib/testing/builders";
import { applyPolicy } from "../apply";
import { currentPolicy } from "../policy";
import type { PolicyPayload } from "../schema";
import { fallBackWhereWorse } from "./fall-back";
import { getEstimates } from "./get-estimates";

const dayMs = 24 * 60 * 60 * 1000;
const judgeId = "77777777-7777-4777-8777-777777777777";
const judge = `judge:${judgeId}@1`;
const otherJudge = "judge:88888888-8888-4888-8888-888888888888@1";
const policy: PolicyPayload = {
  ...{ kind: "random", humanShare: 0.4, pacing: null, dualShare: 0.2, lmWeight: 0.5, seed: 1 },
};

let project: Project;

beforeEach(async () => {
  await prisma.project.deleteMany();
  project = await aProject({ policy });
  const createdAt = new Date(Date.now() - 70 * dayMs);
  await prisma.policy.updateMany({ where: { projectId: project.id }, data: { createdAt } });
  await prisma.judge.create({ data: { projectId: project.id, id: judgeId, name: "Longer", kind: "lm", version: 1 } });
});

type Said = { preferred: number; confidence?: number };
type Row = {
  route: RouteKind;
  version?: number;
  people?: number[];
  ai?: Said;
  second?: Said;
  seen?: boolean;
  daysAgo?: number;
  fields?: object;
};

let counter = 0;
const idOf = (kind: number) => `0${kind}000000-0000-7000-8000-${(++counter).toString(16).padStart(12, "0")}`;

/** Writes instances with their decisions and labels at once, each of a prompt of its own. */
async function add(rows: Row[]): Promise<void> {
  const made = rows.map((row) => ({ ...row, id: idOf(1), at: new Date(Date.now() - (row.daysAgo ?? 0) * dayMs) }));
  const projectId = project.id;
  await prisma.instance.createMany({
    data: made.map(({ id, route, fields }) => ({
      ...{ projectId, id, outsideId: id, prompt: "Why?", contentHash: id, promptHash: id, split: "train", route },
      ...{ isLabelable: true, openSlots: 0, ...fields },
    })) as never,
  });
  await prisma.route.createMany({
    data: made.map(({ id, route, version = 1 }) => ({
      ...{ projectId, instanceId: id, policyVersion: version, route, propensity: 0.2, reason: "test" },
    })),
  });
  const label = (instanceId: string, createdAt: Date) => ({
    ...{ projectId, instanceId, createdAt, submissionId: idOf(2), question: "comparison", type: "comparison" as const },
    ...{ target: "0-1", shownOrder: [0, 1] },
  });
  const payload = (preferred: number) => ({ pair: [0, 1], preferred, bothBad: false, strength: 1, scale: 5 });
  await prisma.label.createMany({
    data: made.flatMap(({ id, at, people = [], ai, second, seen }) => [
      ...people.map((preferred, i) => ({
        ...{ ...label(id, at), source: "human" as const, annotator: `import:person ${i}`, payload: payload(preferred) },
        ...(seen && { suggestion: { label: id, source: "lm", mode: "shown", taken: true } }),
      })),
      ...Object.entries({ [judge]: ai, [otherJudge]: second }).flatMap(([annotator, said]) =>
        said === undefined
          ? []
          : {
              ...{ ...label(id, at), source: "lm" as const, annotator, payload: payload(said.preferred) },
              meta: { confidence: said.confidence ?? 0.9, outcome: "preferred" },
            },
      ),
    ]),
  });
}

const many = (count: number, row: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => row(i));
const estimates = async () => getEstimates(await operatorAccess("routing:read", project.slug));

test("the labels as they are, all by people and all by AI are told from what was drawn for both", async () => {
  await add([
    ...many(20, (i) => ({ route: "dual", people: [0, 0, 0], ai: { preferred: i % 2 } })),
    ...many(32, () => ({ route: "human", people: [0, 1] })),
    // AI is always right on what it labels alone, which nobody knows.
    ...many(48, () => ({ route: "lm", ai: { preferred: 0 } })),
    // What has images, is held out, or came under a policy that draws nothing.
    { route: "human", people: [0], fields: { hasImages: true } },
    { route: "dual", people: [0, 0], ai: { preferred: 1 }, fields: { split: "test" } },
    // Drawn, but a person saw what AI says, or nobody has labelled it.
    { route: "dual", people: [1, 1], ai: { preferred: 1 }, seen: true },
    { route: "dual", ai: { preferred: 1 } },
  ]);
  const found = await estimates();
  expect(found).toMatchObject({
    instances: 102,
    outside: 1,
    drawn: 20,
    regretAllHuman: { value: expect.closeTo(0.2353) },
  });
  for (const way of ["ipw", "doublyRobust"] as const) {
    expect(found.allHuman[way]!.value).toBeCloseTo(1, 6);
    expect(found.allAi[way]!.value).toBeCloseTo(0.5, 6);
    // People's are 54 of 102, AI's 48.
    expect(found.current[way]!.value).toBeCloseTo((54 + 24) / 102, 6);
  }
  const [low, high] = found.allAi.ipw!.interval!;
  expect(low).toBeGreaterThan(0.25);
  expect(high).toBeLessThan(0.75);
  expect(found.yardstick).toMatch(/on 20 instances with two people or more/);
  expect(found.weeks).toEqual([{ week: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), checked: 20, agreed: 10 }]);
});

test("what a judge is not confident about counts as people's, as its policy sends it on", async () => {
  const promise = { alpha: 0.1, delta: 0.1, fitVersion: 1, cuts: [{ judge, confidence: 0.8 }] };
  const payload: PolicyPayload = { kind: "confidence", ...promise, dualShare: 0.2, lmWeight: 0.5, seed: 1 };
  await prisma.policy.updateMany({ where: { projectId: project.id }, data: { payload } });
  await add([
    ...many(20, (i) => ({
      ...{ route: "dual" as const, people: [0, 0] },
      ai: { preferred: Number(i % 2 === 0), confidence: i % 2 === 0 ? 0.6 : 0.95 },
    })),
    ...many(80, () => ({ route: "lm", ai: { preferred: 0 } })),
  ]);
  const { current, allAi } = await estimates();
  expect(allAi.ipw!.value).toBeCloseTo(0.5, 6);
  expect(current.ipw!.value).toBeCloseTo(1, 6);
});

test("of a cascade the label counts that it lets stand, whatever the other judge says", async () => {
  const cuts = [judge, otherJudge].map((each) => ({ judge: each, confidence: 0.8 }));
  const promise = { alpha: 0.1, delta: 0.1, fitVersion: 1, cuts };
  const payload: PolicyPayload = { kind: "cascade", ...promise, dualShare: 0.2, lmWeight: 0.5, seed: 1 };
  await prisma.policy.updateMany({ where: { projectId: project.id }, data: { payload } });
  // The first is right and sure of one half, and wrong and unsure of the other, where the second is right and sure.
  await add([
    ...many(20, (i) => ({
      ...{ route: "dual" as const, people: [0, 0] },
      ai: { preferred: i % 2, confidence: i % 2 === 0 ? 0.95 : 0.6 },
      second: { preferred: 1 - (i % 2), confidence: 0.9 },
    })),
    ...many(80, () => ({ route: "lm", ai: { preferred: 0 } })),
  ]);
  const { current, allAi } = await estimates();
  // Where they differ AI says that it is a tie.
  expect(allAi.ipw!.value).toBeCloseTo(0, 6);
  expect(current.ipw!.value).toBeCloseTo(1, 6);
});

test("where nothing was drawn nothing is told, and AI that nobody checks is said", async () => {
  expect(await estimates()).toMatchObject({ instances: 0, drawn: 0, allAi: { ipw: null }, weeks: [], alarm: null });
  await add(many(3, () => ({ route: "lm", ai: { preferred: 0 } })));
  const { alarm, yardstick } = await estimates();
  expect(yardstick).toBe("Nothing that was drawn for people and AI is labelled by both yet.");
  expect(alarm).toMatchObject({ kind: "too few", judge: null });
  expect(alarm!.sentence).toMatch(
    /^In the last 7 days AI alone labelled 3 instances, and people checked 0 of its labels/,
  );
});

/** 120 of 150 labels are confirmed, then 10 of 60. */
const worsening = () => [
  ...many(150, (i) => ({ ...checked(i % 5 !== 0), daysAgo: 60 - i / 5 })),
  ...many(60, (i) => ({ ...checked(i % 6 === 0), daysAgo: 6 - i / 10 })),
];
const checked = (isRight: boolean): Row => ({ route: "dual", people: [0, 0], ai: { preferred: Number(!isRight) } });
const versions = () => prisma.policy.findMany({ where: { projectId: project.id }, orderBy: { version: "asc" } });

test("a judge that gets worse is said, and everything goes to people until somebody decides", async () => {
  await add(worsening());
  const { alarm } = await estimates();
  expect(alarm).toMatchObject({ kind: "worse", judge });
  expect(alarm!.sentence).toMatch(
    /^Of the first 100 labels of Longer \(version 1\) that people checked at random they confirmed 80 %, of the latest 50 only \d+ %\./,
  );
  await fallBackWhereWorse();
  expect(await currentPolicy(prisma, project.id)).toEqual({
    ...{ kind: "all-human", dualShare: 0.2, lmWeight: 0.5, seed: 1, version: 2 },
  });
  const [, made] = await versions();
  expect(made).toMatchObject({
    createdById: null,
    cause: expect.stringMatching(/until somebody applies another policy\.$/),
  });
  expect(await prisma.auditEvent.findFirst({ where: { projectId: project.id } })).toMatchObject({
    ...{ action: "policy.apply", actor: SYSTEM.email },
  });
  expect(await prisma.run.count({ where: { projectId: project.id, kind: "route" } })).toBe(1);

  await fallBackWhereWorse();
  expect(await versions()).toHaveLength(2);
  const { user } = await aMember(project, { role: "admin" });
  await applyPolicy(await accessFor(user, project, "routing:manage"), { policy: { kind: "all-ai" } });
  await fallBackWhereWorse();
  expect(await currentPolicy(prisma, project.id)).toMatchObject({ kind: "all-ai", version: 3 });
});

test("nothing is changed where the settings say so, nor for another version of the judge", async () => {
  await add(worsening());
  const where = { id: project.id };
  await prisma.project.update({ where, data: { routingSettings: { fallsBack: false } } });
  await fallBackWhereWorse();
  await prisma.project.update({ where, data: { routingSettings: {} } });
  await prisma.judge.updateMany({ where: { projectId: project.id }, data: { version: 2 } });
  await fallBackWhereWorse();
  expect((await estimates()).alarm).toBeNull();
  expect(await versions()).toHaveLength(1);
});
