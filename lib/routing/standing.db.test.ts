import { beforeEach, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { filterCondition } from "@/lib/datasets/snapshot";
import { prisma } from "@/lib/db/client";
import type { Instance, Project, RouteKind } from "@/lib/db/generated/client";
import { countInstances, getInstance, listInstances } from "@/lib/instances/queries";
import { instanceListQuery } from "@/lib/instances/schema";
import { refreshConsensus } from "@/lib/labels/consensus";
import { countProgress } from "@/lib/projects/queries";
import { accessFor, aLabel, aMember, anInstance, aProject } from "@/lib/testing/builders";
import type { PolicyPayload } from "./schema";

const [first, second] = [`judge:${uuidv7()}@1`, `judge:${uuidv7()}@1`] as const;
const promise = { alpha: 0.05, delta: 0.1, fitVersion: 1, dualShare: 0.1, lmWeight: 0.5, seed: 1 };

let project: Project;

async function aWorld(kind: "confidence" | "cascade"): Promise<void> {
  await prisma.project.deleteMany();
  const cuts = [first, second].map((judge) => ({ judge, confidence: 0.8 }));
  project = await aProject({ overlap: 1, policy: { kind, ...promise, cuts } satisfies PolicyPayload });
}

beforeEach(() => aWorld("cascade"));

/** An instance that its policy routed to AI, and then further. */
async function sentOn(...routes: RouteKind[]): Promise<Instance> {
  const last = routes.at(-1)!;
  const instance = await anInstance(project, { route: last });
  await prisma.route.deleteMany({ where: { instanceId: instance.id } });
  await prisma.route.createMany({
    data: routes.map((route, stage) => ({
      ...{ projectId: project.id, instanceId: instance.id, policyVersion: 1, stage, route, propensity: 0.9 },
      reason: "test",
    })),
  });
  return instance;
}

const judged = (instance: Instance, annotator: string, preferred: 0 | 1) =>
  aLabel(instance, { source: "lm", annotator, payload: { preferred } });

/** What is preferred by the consensus, and by how many labels; null where there is none. */
async function consensusOf({ id }: Instance): Promise<[unknown, number] | null> {
  await prisma.$transaction((db) => refreshConsensus(db, project.id, [id]));
  const row = await prisma.consensus.findFirst({ where: { instanceId: id } });
  return row && [(row.payload as { preferred: unknown }).preferred, row.labelCount];
}

async function inSnapshot({ id }: Instance): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ annotator: string }[]>`
    select l.annotator from labels l join instances i on i.project_id = l.project_id and i.id = l.instance_id
    where ${filterCondition(project.id, { sources: ["human", "lm"], split: "all" })} and l.instance_id = ${id}::uuid
    order by l.id`;
  return rows.map(({ annotator }) => annotator);
}

test("what judges said of an instance that was sent on to people counts only beside a person's label", async () => {
  await aWorld("confidence");
  const [escalated, kept] = [await sentOn("lm", "human"), await sentOn("lm")];
  for (const one of [escalated, kept]) await judged(one, first, 1);
  expect([await consensusOf(kept), await inSnapshot(kept)]).toEqual([[1, 1], [first]]);
  expect([await consensusOf(escalated), await inSnapshot(escalated)]).toEqual([null, []]);
  const { annotator } = await aLabel(escalated);
  expect(await consensusOf(escalated)).toEqual([0, 2]);
  expect(await inSnapshot(escalated)).toEqual([first, annotator]);
});

test("of what a cascade passed on the second judge's label is the consensus, whatever the first said", async () => {
  const [passed, kept, both] = [await sentOn("lm", "lm"), await sentOn("lm"), await sentOn("dual")];
  for (const one of [passed, kept, both]) await judged(one, first, 1);
  expect(await consensusOf(kept)).toEqual([1, 1]);
  expect(await consensusOf(both)).toEqual([1, 1]);
  expect([await consensusOf(passed), await inSnapshot(passed)]).toEqual([null, []]);
  await judged(passed, second, 0);
  expect([await consensusOf(passed), await inSnapshot(passed)]).toEqual([[0, 1], [second]]);
});

test("what a cascade passed on waits for AI until its second judge has labelled it", async () => {
  const { user } = await aMember(project, { role: "admin" });
  const access = await accessFor(user, project, "instance:read");
  const [passed, kept] = [await sentOn("lm", "lm"), await sentOn("lm")];
  for (const one of [passed, kept]) await judged(one, first, 1);
  const statuses = async () =>
    (await listInstances(access, instanceListQuery.parse({}))).items.map((one) => one.status);
  const counts = async () => [
    await countInstances(access, { status: "waiting-for-ai" }),
    await countInstances(access, { status: "complete" }),
  ];
  expect(await statuses()).toEqual(["waiting-for-ai", "complete"]);
  expect(await counts()).toEqual([1, 1]);
  const detail = await getInstance(access, passed.id);
  expect(detail.status).toBe("waiting-for-ai");
  expect((await countProgress([project])).get(project.id)).toMatchObject({ waitingForAi: 1, complete: 1 });
  await judged(passed, second, 1);
  expect(await statuses()).toEqual(["complete", "complete"]);
  expect(await counts()).toEqual([0, 2]);
});
