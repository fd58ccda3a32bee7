import fc from "fast-check";
import { expect, test } from "vitest";
import { prisma } from "@/lib/db/client";
import { firstPolicy } from "@/lib/routing/schema";
import { aLabel, aLabelOf, anInstance, aProject } from "@/lib/testing/builders";
import { refreshConsensus } from "./consensus";
import { consensusPayloads, type ConsensusTypeName, type LabelPayloadOf } from "./schema";

const judge = { source: "lm", annotator: "import:judge" } as const;

async function consensusOf({ projectId, id }: { projectId: string; id: string }) {
  await refreshConsensus(prisma, projectId, [id]);
  const rows = await prisma.consensus.findMany({
    where: { projectId, instanceId: id },
    orderBy: [{ type: "asc" }, { question: "asc" }, { aspect: "asc" }, { target: "asc" }],
  });
  for (const { type, payload } of rows)
    expect(consensusPayloads[type as ConsensusTypeName].parse(payload)).toEqual(payload);
  return rows;
}

async function aCase(completions = ["a", "b", "c"], lmWeight = 0.5) {
  return await anInstance(await aProject({ policy: { ...firstPolicy, lmWeight } }), { completions });
}

test("rankings come to the order of mean ranks, with Kendall's W", async () => {
  const instance = await aCase();
  const ids = [];
  for (const ranks of [
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
  ])
    ids.push((await aLabelOf(instance, "ranking", { ranks })).id);
  const [row, ...rest] = await consensusOf(instance);
  expect(rest).toEqual([]);
  expect(row).toMatchObject({
    question: "ranking",
    type: "ranking",
    target: "",
    method: "mean-rank",
    payload: { ranks: [1, 2, 3], meanRanks: [4 / 3, 2, 8 / 3] },
    counts: { human: { "1,2,3": 1, "1,3,2": 1, "2,1,3": 1 }, lm: {} },
    labelCount: 3,
    labelIds: ids.sort(),
  });
  expect(row!.confidence).toBeCloseTo(4 / 9, 12);
});

test("one ranking is its own consensus, of which no concordance is known", async () => {
  const instance = await aCase();
  await aLabelOf(instance, "ranking", { ranks: [1, 1, 4] });
  expect(await consensusOf(instance)).toMatchObject([{ payload: { ranks: [1, 1, 2] }, confidence: null }]);
});

test("numbers come to a mean with its standard error, for each aspect and completion", async () => {
  const instance = await aCase();
  const rate = (completion: number, value: number, fields: object = {}) =>
    aLabelOf(instance, "rating", { completion, aspect: "overall", value }, fields);
  await rate(0, 4);
  await rate(0, 1, judge);
  await rate(1, 70);
  await aLabelOf(instance, "rating", { completion: 1, aspect: "style", value: 3 }, { aspect: "style" });
  expect(await consensusOf(instance)).toMatchObject([
    {
      ...{ aspect: "overall", target: "0", method: "weighted-mean", confidence: null, labelCount: 2 },
      payload: { kind: "number", completion: 0, mean: 3, standardError: 2 / 1.5, median: 4 },
      counts: { human: { "4": 1 }, lm: { "1": 1 } },
    },
    { target: "1", method: "mean", payload: { completion: 1, mean: 70, standardError: null, median: 70 } },
    { aspect: "style", target: "1", payload: { mean: 3 } },
  ]);
});

test("votes that count decide whether ratings are numbers, not AI that is left out or an old version of a judge", async () => {
  const rate = (instance: { projectId: string; id: string }, value: string | number, fields: object = {}) =>
    aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value }, fields);
  const leftOut = await aCase(undefined, 0);
  await rate(leftOut, 4);
  await rate(leftOut, "good", judge);
  const number = { kind: "number", mean: 4 };
  expect(await consensusOf(leftOut)).toMatchObject([
    { method: "mean", payload: number, counts: { human: { "4": 1 }, lm: {} } },
  ]);
  const replaced = await aCase();
  await rate(replaced, "good", { source: "lm", annotator: "judge:one@1" });
  await rate(replaced, 4, { source: "lm", annotator: "judge:one@2" });
  expect(await consensusOf(replaced)).toMatchObject([{ payload: number, counts: { human: {}, lm: { "4": 1 } } }]);
  const mixed = await aCase();
  await rate(mixed, 4);
  await rate(mixed, "good", judge);
  expect(await consensusOf(mixed)).toMatchObject([{ payload: { kind: "category", value: "4" } }]);
});

test("categories come to the most given one, and a draw is marked as one", async () => {
  const instance = await aCase();
  const rate = (completion: number, value: string | number) =>
    aLabelOf(instance, "rating", { completion, aspect: "overall", value });
  for (const value of ["yes", "no", "yes", "unsure"]) await rate(0, value);
  for (const value of ["yes", "no"]) await rate(1, value);
  for (const value of [1, "1", "none"]) await rate(2, value);
  expect(await consensusOf(instance)).toMatchObject([
    {
      ...{ target: "0", method: "majority", confidence: 0.5, counts: { human: { no: 1, unsure: 1, yes: 2 } } },
      payload: { kind: "category", completion: 0, value: "yes", isDraw: false },
    },
    { target: "1", confidence: 0, payload: { completion: 1, value: null, isDraw: true } },
    { target: "2", confidence: 2 / 3, payload: { completion: 2, value: "1", isDraw: false } },
  ]);
});

test("binary answers come to the weighted majority of each completion", async () => {
  const instance = await aCase();
  const answer = (completion: number, value: boolean, fields: object = {}) =>
    aLabelOf(instance, "binary", { completion, value, kind: "correct" }, fields);
  await answer(0, true);
  await answer(0, false, judge);
  await answer(1, true);
  await answer(1, false);
  expect(await consensusOf(instance)).toMatchObject([
    {
      ...{
        target: "0",
        method: "weighted-majority",
        confidence: 1 / 1.5,
        counts: { human: { yes: 1 }, lm: { no: 1 } },
      },
      payload: { completion: 0, kind: "correct", value: true, isDraw: false },
    },
    { target: "1", method: "majority", confidence: 0, payload: { value: null, isDraw: true } },
  ]);
});

const mark = (completion: number | "prompt", start: number, end: number, severity?: string) => ({
  ...{ completion, start, end, category: "error" },
  ...(severity !== undefined && { severity }),
});

test("spans come to one consensus for each completion, by those who covered it", async () => {
  const instance = await aCase();
  await aLabelOf(instance, "spans", { covered: [0, 1], spans: [mark(0, 2, 6, "minor"), mark(1, 0, 3)] });
  await aLabelOf(instance, "spans", { covered: [0], spans: [mark(0, 4, 9, "minor")] });
  await aLabelOf(instance, "spans", { covered: [0], spans: [] });
  await aLabelOf(instance, "spans", { covered: [1, 2], spans: [] });
  expect(await consensusOf(instance)).toMatchObject([
    {
      ...{ question: "spans", target: "0", method: "majority", labelCount: 3 },
      payload: { completion: 0, spans: [{ start: 4, end: 6, category: "error", severity: "minor", share: 2 / 3 }] },
      counts: { human: { clean: 1, marked: 2 }, lm: {} },
    },
    { target: "1", labelCount: 2, confidence: 0.5, payload: { completion: 1, spans: [] } },
    { target: "2", labelCount: 1, confidence: 1, payload: { completion: 2, spans: [] } },
  ]);
});

test("the prompt has a consensus where it was marked, by all who answered, beside whichever completion", async () => {
  const instance = await aCase();
  const one = { annotator: "import:one" };
  await aLabelOf(instance, "spans", { covered: [0], spans: [mark("prompt", 0, 4)] }, one);
  await aLabelOf(instance, "spans", { covered: [1], spans: [mark("prompt", 2, 6)] }, one);
  await aLabelOf(instance, "spans", { covered: [1], spans: [mark("prompt", 1, 3)] });
  const rows = await consensusOf(instance);
  expect(rows.map(({ target }) => target)).toEqual(["0", "1", "prompt"]);
  expect(rows[2]).toMatchObject({
    payload: { completion: "prompt", spans: [{ start: 1, end: 3, share: 1 }] },
    labelCount: 2,
  });
  expect(rows[2]!.labelIds).toHaveLength(3);
});

test("each message of a conversation has a consensus of its own, where it was marked", async () => {
  const instance = await aCase();
  const on = (message: number, start: number, end: number) => ({ ...mark("prompt", start, end), message });
  await aLabelOf(instance, "spans", { covered: [0], spans: [on(2, 0, 4), on(10, 0, 2)] });
  await aLabelOf(instance, "spans", { covered: [0], spans: [on(2, 2, 6)] });
  const rows = await consensusOf(instance);
  expect(rows.map(({ target }) => target)).toEqual(["0", "message-10", "message-2"]);
  expect(rows).toMatchObject([
    { payload: { completion: 0, spans: [] } },
    { labelCount: 2, confidence: 0.5, payload: { completion: "prompt", message: 10, spans: [] } },
    { labelCount: 2, payload: { message: 2, spans: [{ start: 2, end: 4, share: 1 }] } },
  ]);
  // Who marked the conversation as one text looked at no message.
  await aLabelOf(instance, "spans", { covered: [0], spans: [mark("prompt", 0, 1)] });
  expect((await consensusOf(instance)).map(({ target, labelCount }) => [target, labelCount])).toEqual([
    ["0", 3],
    ["message-10", 2],
    ["message-2", 2],
    ["prompt", 3],
  ]);
  await aLabelOf(instance, "spans", { covered: [0], spans: [on(2, 1, 4)] });
  expect((await consensusOf(instance))[2]).toMatchObject({
    payload: {
      completion: "prompt",
      message: 2,
      spans: [{ start: 1, end: 4, share: expect.closeTo(8 / 9, 12) as number }],
    },
  });
});

test("steps come to a majority each, and the first error to one over all steps and none", async () => {
  const instance = await aCase(["a"]);
  const judgeSteps = (labels: ("good" | "bad")[], firstError: number | null, fields: object = {}) => {
    const steps = labels.map((label, index) => ({ index, label, flags: label === "bad" ? ["logic"] : [] }));
    return aLabelOf(instance, "steps", { completion: 0, steps, firstError }, fields);
  };
  await judgeSteps(["good", "bad"], 1);
  await judgeSteps(["good", "bad"], 1);
  await judgeSteps(["good", "good"], null);
  await judgeSteps(["bad"], 0, judge);
  expect(await consensusOf(instance)).toMatchObject([
    {
      ...{ target: "0", method: "weighted-majority", confidence: 2 / 3.5, labelCount: 4 },
      payload: {
        completion: 0,
        steps: [
          { index: 0, label: "good", isDraw: false, share: 3 / 3.5, flags: [] },
          { index: 1, label: "bad", isDraw: false, share: 2 / 3, flags: ["logic"] },
        ],
        ...{ firstError: 1, isDraw: false },
      },
      counts: { human: { "1": 2, none: 1 }, lm: { "0": 1 } },
    },
  ]);
});

test("critiques come to nothing", async () => {
  const instance = await aCase();
  await aLabelOf(instance, "critique", { completion: 0, text: "Too long.", quotes: [], rewrite: null });
  expect(await consensusOf(instance)).toEqual([]);
});

test("an annotator has one vote of every type: over all samples, of a judge's latest version", async () => {
  const instance = await aCase(["a"], 1);
  const [old, now] = ["judge:0190-a@9", "judge:0190-a@10"];
  const ask = async (sample: number, value: number, isRight: boolean, end: number, firstError: number | null) => {
    const by = { source: "lm", annotator: now, sample } as const;
    await aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value }, by);
    await aLabelOf(instance, "binary", { completion: 0, value: isRight, kind: "correct" }, by);
    await aLabelOf(instance, "spans", { covered: [0], spans: [mark(0, 0, end)] }, by);
    await aLabelOf(instance, "steps", { completion: 0, steps: [], firstError }, by);
  };
  await aLabelOf(
    instance,
    "rating",
    { completion: 0, aspect: "overall", value: 100 },
    { source: "lm", annotator: old },
  );
  await ask(0, 2, true, 10, 0);
  await ask(1, 3, true, 6, 1);
  await ask(2, 7, false, 4, 1);
  const rows = await consensusOf(instance);
  expect(rows).toMatchObject([
    { type: "rating", labelCount: 1, payload: { mean: 4, standardError: null }, counts: { lm: { "4": 1 } } },
    { type: "binary", labelCount: 1, payload: { value: true }, confidence: 1 },
    { type: "spans", labelCount: 1, payload: { spans: [{ start: 0, end: 6, share: 1 }] }, confidence: 1 },
    { type: "steps", labelCount: 1, payload: { firstError: 1 }, counts: { lm: { "1": 1 } } },
  ]);
  for (const { labelIds } of rows) expect(labelIds).toHaveLength(3);
});

test("an annotator whose samples draw says nothing", async () => {
  const instance = await aCase(["a"]);
  for (const [sample, value] of [true, false].entries())
    await aLabelOf(instance, "binary", { completion: 0, value, kind: "correct" }, { annotator: "import:one", sample });
  expect(await consensusOf(instance)).toEqual([]);
  await aLabelOf(instance, "binary", { completion: 0, value: true, kind: "correct" });
  expect(await consensusOf(instance)).toMatchObject([{ payload: { value: true }, confidence: 1, labelCount: 1 }]);
});

test("types under one name stay apart, and other sources than people and judges never count", async () => {
  const instance = await aCase();
  await aLabel(instance, { question: "quality" });
  await aLabelOf(instance, "binary", { completion: 0, value: true, kind: "thumb" }, { question: "quality" });
  await aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value: 3 }, { question: "quality" });
  for (const source of ["rm", "tool", "reaction", "demo"] as const)
    await aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value: 9 }, { source, question: "quality" });
  expect(await consensusOf(instance)).toMatchObject([
    { question: "quality", type: "comparison", target: "0-1" },
    { question: "quality", type: "rating", target: "0", payload: { mean: 3 } },
    { question: "quality", type: "binary", target: "0", payload: { value: true } },
  ]);
});

test("a corrected label takes its rows along, and rows that stay the same are not touched", async () => {
  const instance = await aCase();
  await aLabelOf(instance, "rating", { completion: 0, aspect: "overall", value: 3 });
  const spans = await aLabelOf(instance, "spans", { covered: [0, 1], spans: [mark("prompt", 0, 2)] });
  const before = await consensusOf(instance);
  expect(before.map(({ type, target }) => [type, target])).toEqual([
    ["rating", "0"],
    ["spans", "0"],
    ["spans", "1"],
    ["spans", "prompt"],
  ]);
  await prisma.label.updateMany({ where: { id: spans.id }, data: { isCurrent: false } });
  await aLabelOf(instance, "spans", { covered: [1], spans: [] }, { annotator: spans.annotator, revision: 2 });
  const after = await consensusOf(instance);
  expect(after).toMatchObject([before[0]!, { type: "spans", target: "1", labelCount: 1 }]);
});

const completion = fc.nat(1);
const answers = fc.oneof(
  fc.record({
    type: fc.constant("ranking" as const),
    payload: fc.record({ ranks: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }) }),
  }),
  fc.record({
    type: fc.constant("rating" as const),
    payload: fc.record({
      completion,
      aspect: fc.constant("overall"),
      value: fc.constantFrom<number | string>(0.1, 0.7, 3, "yes"),
    }),
  }),
  fc.record({
    type: fc.constant("binary" as const),
    payload: fc.record({ completion, value: fc.boolean(), kind: fc.constant("correct") }),
  }),
  fc.record({
    type: fc.constant("spans" as const),
    payload: fc
      .tuple(completion, fc.array(fc.tuple(fc.nat(9), fc.nat(4), fc.constantFrom("major", "minor")), { maxLength: 3 }))
      .map(([about, marks]) => ({
        covered: [about],
        spans: marks.map(([start, length, severity], i) =>
          mark(i === 2 ? "prompt" : about, start, start + length, severity),
        ),
      })),
  }),
  fc.record({
    type: fc.constant("steps" as const),
    payload: fc
      .tuple(
        completion,
        fc.array(fc.constantFrom("good" as const, "neutral" as const, "bad" as const), { maxLength: 3 }),
      )
      .map(([about, labels]) => {
        const bad = labels.indexOf("bad");
        const steps = labels.map((label, index) => ({ index, label, flags: label === "bad" ? ["math"] : [] }));
        return { completion: about, steps, firstError: bad === -1 ? null : bad };
      }),
  }),
);
const given = fc.record({
  said: answers,
  annotator: fc.constantFrom("import:1", "import:2", "import:3", "judge:0190-b@1", "judge:0190-b@2"),
  sample: fc.nat(1),
});

test("in whichever order labels arrive, one by one or all at once, the consensus is the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(given, {
        maxLength: 20,
        selector: ({ said: { type, payload }, annotator, sample }) =>
          [
            type,
            "completion" in payload ? payload.completion : "covered" in payload ? payload.covered[0] : "",
            annotator,
            sample,
          ].join(),
      }),
      fc.infiniteStream(fc.nat(1000)),
      async (labels, order) => {
        const project = await aProject({ policy: { ...firstPolicy, lmWeight: 0.3 } });
        const [there, here] = [await anInstance(project), await anInstance(project)];
        const store = async (
          on: typeof here,
          { said: { type, payload }, annotator, sample }: (typeof labels)[number],
        ) => {
          const source = annotator.startsWith("judge:") ? "lm" : "human";
          await aLabelOf(on, type, payload as LabelPayloadOf<typeof type>, { source, annotator, sample });
        };
        for (const label of labels) await store(there, label);
        const shuffled = labels
          .map((label) => ({ label, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at);
        for (const { label } of shuffled) {
          await store(here, label);
          await refreshConsensus(prisma, project.id, [here.id]);
        }
        const content = async (on: typeof here) =>
          (await consensusOf(on)).map(({ instanceId: _, labelIds, computedAt: __, ...row }) => ({
            ...row,
            labels: labelIds.length,
          }));
        expect(await content(here)).toEqual(await content(there));
      },
    ),
    { numRuns: 25 },
  );
});
