import fc from "fast-check";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { aLabel, anInstance, aProject } from "@/lib/testing/builders";
import { firstPolicy } from "@/lib/routing/schema";
import { countVotes, decideVotes } from "@/lib/stats/majority";
import { refreshConsensus } from "./consensus";
import { consensusPayloads, type ComparisonPayload, type ConsensusPayload, type Preferred } from "./schema";

const rowsOf = (projectId: string) =>
  prisma.consensus.findMany({
    where: { projectId },
    orderBy: [{ instanceId: "asc" }, { aspect: "asc" }, { target: "asc" }],
  });
const none = { "0": 0, "1": 0, tie: 0 };
const answer = (preferred: Preferred, strength = preferred === "tie" ? 0 : 1): Partial<ComparisonPayload> => ({
  preferred,
  strength,
});

test("the majority with its confidence, mean strength and the labels it came from", async () => {
  const project = await aProject();
  const instance = await anInstance(project);
  const labels = [
    await aLabel(instance, { payload: answer(0, 2) }),
    await aLabel(instance, { payload: answer(0, 1) }),
    await aLabel(instance, { payload: answer(1, 1) }),
  ];
  await refreshConsensus(prisma, project.id, [instance.id]);
  const [row, ...rest] = await rowsOf(project.id);
  expect(rest).toEqual([]);
  expect(row).toMatchObject({
    question: "comparison",
    aspect: "overall",
    target: "0-1",
    method: "majority",
    payload: { pair: [0, 1], preferred: 0, bothBad: false, isDraw: false, strength: (1 + 0.5 - 0.5) / 3 },
    confidence: 2 / 3,
    counts: { human: { "0": 2, "1": 1, tie: 0 }, lm: none },
    labelCount: 3,
    labelIds: labels.map(({ id }) => id).sort(),
  });
  expect(consensusPayloads.comparison.parse(row!.payload)).toEqual(row!.payload);
});

test("who cannot tell has no vote: where nobody can there is no consensus", async () => {
  const project = await aProject();
  const [untold, told] = [await anInstance(project), await anInstance(project)];
  const cannotTell = { ...answer("tie"), cannotTell: true as const };
  for (const instance of [untold, untold, told, told]) await aLabel(instance, { payload: cannotTell });
  await aLabel(told, { payload: answer(1) });
  await refreshConsensus(prisma, project.id, [untold.id, told.id]);
  expect(await rowsOf(project.id)).toMatchObject([
    { instanceId: told.id, payload: { preferred: 1, isDraw: false }, confidence: 1, labelCount: 1 },
  ]);
});

test("a draw is a tie without confidence, and both bad needs more than half", async () => {
  const project = await aProject();
  const [drawn, bad] = [await anInstance(project), await anInstance(project)];
  for (const preferred of [0, 1] as const) await aLabel(drawn, { payload: answer(preferred) });
  for (const bothBad of [true, true, false]) await aLabel(bad, { payload: { ...answer("tie"), bothBad } });
  await refreshConsensus(prisma, project.id, [drawn.id, bad.id]);
  const rows = await rowsOf(project.id);
  expect(rows.find(({ instanceId }) => instanceId === drawn.id)).toMatchObject({
    payload: { preferred: "tie", isDraw: true, bothBad: false },
    confidence: 0,
  });
  expect(rows.find(({ instanceId }) => instanceId === bad.id)).toMatchObject({
    payload: { preferred: "tie", isDraw: false, bothBad: true },
    confidence: 1,
  });
});

test("only current comparisons by people and judges count, each aspect and pair by itself", async () => {
  const project = await aProject();
  const instance = await anInstance(project, { completions: ["a", "b", "c"] });
  for (const source of ["rm", "tool", "reaction", "demo"] as const) await aLabel(instance, { source });
  await aLabel(instance, { isCurrent: false, annotator: "user:x", payload: answer(0) });
  await aLabel(instance, { revision: 2, annotator: "user:x", payload: answer(1) });
  await aLabel(instance, { aspect: "helpfulness", payload: answer("tie") });
  await aLabel(instance, { payload: { ...answer(1), pair: [1, 2] } });
  await refreshConsensus(prisma, project.id, [instance.id]);
  expect(
    (await rowsOf(project.id)).map(({ aspect, target, payload, labelCount }) => [
      aspect,
      target,
      (payload as ComparisonPayload).preferred,
      labelCount,
    ]),
  ).toEqual([
    ["helpfulness", "0-1", "tie", 1],
    ["overall", "0-1", 1, 1],
    ["overall", "1-2", 1, 1],
  ]);
});

test("people count 1 and judges the project's weight, and the votes are told apart", async () => {
  const project = await aProject({ policy: { ...firstPolicy, lmWeight: 0.4 } });
  const instance = await anInstance(project);
  const labels = [
    await aLabel(instance, { payload: answer(0, 2) }),
    await aLabel(instance, { source: "lm", annotator: "import:judge-a", payload: answer(1, 2) }),
    await aLabel(instance, { source: "lm", annotator: "import:judge-b", payload: answer(1, 1) }),
  ];
  await refreshConsensus(prisma, project.id, [instance.id]);
  const [row] = await rowsOf(project.id);
  expect(row).toMatchObject({
    method: "weighted-majority",
    payload: { preferred: 0, isDraw: false },
    counts: { human: { "0": 1, "1": 0, tie: 0 }, lm: { "0": 0, "1": 2, tie: 0 } },
    labelCount: 3,
    labelIds: labels.map(({ id }) => id).sort(),
  });
  expect(row!.confidence).toBeCloseTo(1 / 1.8, 12);
  expect((row!.payload as ConsensusPayload<"comparison">).strength).toBeCloseTo((1 - 0.4 - 0.2) / 1.8, 12);
});

test("labels of judges alone make a consensus too, unless their weight is 0", async () => {
  const weights = [0.5, 0];
  const projects = await Promise.all(weights.map((lmWeight) => aProject({ policy: { ...firstPolicy, lmWeight } })));
  for (const project of projects) {
    const instance = await anInstance(project);
    await aLabel(instance, { source: "lm", annotator: "import:judge", payload: answer(1) });
    await refreshConsensus(prisma, project.id, [instance.id]);
  }
  expect(await rowsOf(projects[0]!.id)).toMatchObject([{ payload: { preferred: 1 }, confidence: 1, labelCount: 1 }]);
  expect(await rowsOf(projects[1]!.id)).toEqual([]);
});

test("a judge has one vote: its latest version's, over all samples", async () => {
  const project = await aProject({ policy: { ...firstPolicy, lmWeight: 1 } });
  const instance = await anInstance(project);
  const lm = { source: "lm", annotator: "judge:0190-a@10" } as const;
  await aLabel(instance, { ...lm, annotator: "judge:0190-a@9", payload: answer(0) });
  const samples = [
    await aLabel(instance, { ...lm, sample: 0, payload: answer(1, 2) }),
    await aLabel(instance, { ...lm, sample: 1, payload: answer(1, 1) }),
    await aLabel(instance, { ...lm, sample: 2, payload: answer(0, 1) }),
  ];
  const person = await aLabel(instance, { payload: answer(1, 1) });
  await refreshConsensus(prisma, project.id, [instance.id]);
  expect(await rowsOf(project.id)).toMatchObject([
    {
      payload: { preferred: 1, strength: -(1 / 3 + 0.5) / 2 },
      confidence: 1,
      counts: { human: { "0": 0, "1": 1, tie: 0 }, lm: { "0": 0, "1": 1, tie: 0 } },
      labelCount: 2,
      labelIds: [...samples, person].map(({ id }) => id).sort(),
    },
  ]);
});

test("another weight makes another consensus of the same labels", async () => {
  const project = await aProject();
  const instance = await anInstance(project);
  await aLabel(instance, { payload: answer(0) });
  for (const annotator of ["import:a", "import:b"])
    await aLabel(instance, { source: "lm", annotator, payload: answer(1) });
  await refreshConsensus(prisma, project.id, [instance.id]);
  expect(await rowsOf(project.id)).toMatchObject([{ payload: { preferred: "tie", isDraw: true } }]);
  await prisma.policy.updateMany({
    where: { projectId: project.id },
    data: { payload: { ...firstPolicy, lmWeight: 1 } },
  });
  await refreshConsensus(prisma, project.id, [instance.id]);
  expect(await rowsOf(project.id)).toMatchObject([{ payload: { preferred: 1, isDraw: false }, confidence: 2 / 3 }]);
});

test("rows whose labels are gone are removed, and rows that stay the same are not touched", async () => {
  const project = await aProject();
  const instance = await anInstance(project);
  const kept = await aLabel(instance);
  const gone = await aLabel(instance, { aspect: "truthful" });
  await refreshConsensus(prisma, project.id, [instance.id]);
  const before = await rowsOf(project.id);
  await prisma.label.update({
    where: { projectId_id: { projectId: project.id, id: gone.id } },
    data: { isCurrent: false },
  });
  await refreshConsensus(prisma, project.id, [instance.id]);
  expect(await rowsOf(project.id)).toEqual(before.filter(({ labelIds }) => labelIds.includes(kept.id)));
  await prisma.label.update({
    where: { projectId_id: { projectId: project.id, id: kept.id } },
    data: { isCurrent: false },
  });
  await refreshConsensus(prisma, project.id, [instance.id]);
  expect(await rowsOf(project.id)).toEqual([]);
});

test("instances that were not named and other projects stay as they are", async () => {
  const [project, other] = [await aProject(), await aProject()];
  const [here, there] = [await anInstance(project), await anInstance(other)];
  await aLabel(here);
  await aLabel(there);
  await refreshConsensus(prisma, project.id, []);
  await refreshConsensus(prisma, project.id, [there.id]);
  expect([await rowsOf(project.id), await rowsOf(other.id)]).toEqual([[], []]);
});

const step = fc.record({
  instance: fc.nat(2),
  annotator: fc.nat(3),
  aspect: fc.constantFrom("overall", "truthful"),
  answer: fc.constantFrom<Partial<ComparisonPayload>>(answer(0, 2), answer(0, 1), answer(1, 1), answer("tie"), {
    ...answer("tie"),
    bothBad: true,
  }),
  source: fc.constantFrom("human" as const, "human" as const, "lm" as const),
});

test("step by step or all at once, the consensus is the same, and is the weighted majority of the current labels", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const project = await aProject();
      const instances = [await anInstance(project), await anInstance(project), await anInstance(project)];
      for (const { instance, annotator, aspect, answer: payload, source } of steps) {
        const on = instances[instance]!;
        const key = { projectId: project.id, instanceId: on.id, annotator: `import:${annotator}`, aspect, source };
        const revision = 1 + (await prisma.label.count({ where: key }));
        await prisma.label.updateMany({ where: key, data: { isCurrent: false } });
        await aLabel(on, { annotator: key.annotator, aspect, source, payload, revision });
        await refreshConsensus(prisma, project.id, [on.id]);
      }
      const content = async () => (await rowsOf(project.id)).map(({ computedAt: _, ...row }) => row);
      const incremental = await content();
      await prisma.consensus.deleteMany({ where: { projectId: project.id } });
      await refreshConsensus(
        prisma,
        project.id,
        instances.map(({ id }) => id),
      );
      expect(incremental).toEqual(await content());
      for (const row of incremental) {
        const labels = await prisma.label.findMany({
          where: { projectId: project.id, instanceId: row.instanceId, aspect: row.aspect, isCurrent: true },
        });
        expect(row.labelIds).toEqual(labels.map(({ id }) => id).sort());
        const counts = (by: string) =>
          countVotes(
            labels.filter(({ source }) => source === by).map(({ payload }) => (payload as ComparisonPayload).preferred),
          );
        const [human, lm] = [counts("human"), counts("lm")];
        expect(row.counts).toEqual({ human, lm });
        const decision = decideVotes({
          "0": human[0] + lm[0] / 2,
          "1": human[1] + lm[1] / 2,
          tie: human.tie + lm.tie / 2,
        })!;
        expect(row).toMatchObject({
          confidence: decision.confidence,
          payload: { preferred: decision.answer, isDraw: decision.isDraw },
        });
      }
    }),
    { numRuns: 25 },
  );
});
