import { expect, test } from "vitest";
import { labelTarget, type ComparisonPayload } from "@/lib/labels/schema";
import { comparedAspects, preferencesOf } from "./preferences";
import type { SnapshotInstance, SnapshotLabel } from "./snapshot-reader";

let labels = 0;

function comparison(part: Partial<ComparisonPayload>, columns: Partial<SnapshotLabel> = {}): SnapshotLabel {
  const payload: ComparisonPayload = {
    pair: [0, 1],
    preferred: 0,
    bothBad: false,
    strength: part.preferred === "tie" ? 0 : 1,
    scale: 5,
    ...part,
  };
  return {
    id: `label-${++labels}`,
    instanceId: "instance",
    submissionId: "submission",
    question: "comparison",
    type: "comparison",
    aspect: "overall",
    target: labelTarget("comparison", payload),
    source: "human",
    annotator: `import:${labels}`,
    sample: 0,
    revision: 1,
    payload,
    rationale: null,
    isUnsure: false,
    suggestion: null,
    shownOrder: [],
    schemaVersion: null,
    guidelinesVersion: null,
    activeMs: null,
    meta: null,
    createdAt: new Date(0),
    ...columns,
  };
}

function instanceWith(
  labels: SnapshotLabel[],
  texts: (string | null)[] = ["first", "second", "third"],
): SnapshotInstance {
  const completions = texts.map((text, index) => ({ index, outsideId: `c${index}`, model: null, text, images: [] }));
  return {
    id: "instance",
    outsideId: "q",
    prompt: "p",
    messages: null,
    context: null,
    split: "train",
    images: [],
    completions,
    labels,
  };
}

const consensusOf = (instance: SnapshotInstance) =>
  preferencesOf(instance, { rows: "consensus", aspect: "overall", lmWeight: undefined });
const labelsOf = (instance: SnapshotInstance) =>
  preferencesOf(instance, { rows: "labels", aspect: "overall", lmWeight: undefined });

test("the majority of a pair's labels decides, and strengths are counted towards the chosen completion", () => {
  const one = instanceWith([
    comparison({ preferred: 1, strength: 2 }),
    comparison({ preferred: 1, strength: 1 }),
    comparison({ preferred: 0, strength: 2 }),
  ]);
  const [outcome, ...rest] = consensusOf(one);
  expect(rest).toEqual([]);
  // (1 + 0.5 - 1) / 3
  expect(outcome).toMatchObject({
    kind: "preference",
    preference: {
      chosen: { outsideId: "c1" },
      rejected: { outsideId: "c0" },
      confidence: 2 / 3,
      strength: expect.closeTo(0.5 / 3, 12),
    },
  });
});

test("each label is a row of its own when labels are asked for", () => {
  const one = instanceWith([
    comparison({ preferred: 1 }),
    comparison({ preferred: 0 }),
    comparison({ preferred: "tie" }),
  ]);
  expect(
    labelsOf(one).map((outcome) =>
      outcome.kind === "preference" ? outcome.preference.chosen.outsideId : outcome.reason,
    ),
  ).toEqual(["c1", "c0", "ties"]);
  expect(labelsOf(one)[0]).toMatchObject({ preference: { confidence: 1 } });
});

test("every pair of an instance with several completions is decided by its own labels", () => {
  const one = instanceWith([
    comparison({ pair: [0, 1] }),
    comparison({ pair: [1, 2], preferred: 1 }),
    comparison({ pair: [0, 1] }),
  ]);
  expect(consensusOf(one)).toMatchObject([
    { preference: { pair: [0, 1], chosen: { outsideId: "c0" } } },
    { preference: { pair: [1, 2], chosen: { outsideId: "c2" }, rejected: { outsideId: "c1" } } },
  ]);
});

test("ties, both bad, draws and missing texts are left out, each for its own reason", () => {
  const reason = (labels: SnapshotLabel[], texts?: (string | null)[]) => consensusOf(instanceWith(labels, texts));
  const tie = comparison({ preferred: "tie" });
  const bad = comparison({ preferred: "tie", bothBad: true });
  expect(reason([tie, tie, comparison({})])).toEqual([{ kind: "left-out", reason: "ties" }]);
  expect(reason([tie, bad])).toEqual([{ kind: "left-out", reason: "ties" }]);
  expect(reason([tie, bad, bad])).toEqual([{ kind: "left-out", reason: "bothBad" }]);
  expect(reason([tie, bad, bad, comparison({})])).toEqual([{ kind: "left-out", reason: "ties" }]);
  expect(reason([comparison({}), comparison({ preferred: 1 })])).toEqual([{ kind: "left-out", reason: "draws" }]);
  expect(reason([comparison({})], ["first", null])).toEqual([{ kind: "left-out", reason: "withoutText" }]);
});

test("who cannot tell is no tie, has no vote, and is left out where nobody else can", () => {
  const untold = comparison({ preferred: "tie", cannotTell: true });
  expect(consensusOf(instanceWith([untold, untold]))).toEqual([{ kind: "left-out", reason: "cannotTell" }]);
  expect(consensusOf(instanceWith([untold, untold, comparison({})]))).toMatchObject([
    { preference: { chosen: { outsideId: "c0" }, confidence: 1 } },
  ]);
  const asked = { rows: "labels", aspect: "overall", lmWeight: 0.5 } as const;
  expect(preferencesOf(instanceWith([untold, comparison({})]), asked)).toMatchObject([
    { kind: "left-out", reason: "cannotTell" },
    { kind: "preference", preference: { confidence: 1 } },
  ]);
});

test("other aspects and other types of label stay out", () => {
  const one = instanceWith([
    comparison({}, { aspect: "truthful" }),
    comparison(
      {},
      { type: "rating", aspect: "overall", payload: { completion: 0, aspect: "overall", value: 3 }, target: "0" },
    ),
  ]);
  expect(consensusOf(one)).toEqual([]);
  expect([...comparedAspects(one)]).toEqual(["truthful"]);
});

const weighed = (instance: SnapshotInstance, lmWeight: number) =>
  preferencesOf(instance, { rows: "consensus", aspect: "overall", lmWeight });

test("with a weight of AI a pair is decided as its consensus is: a person against two judges", () => {
  const person = comparison({ preferred: 0, strength: 2 });
  const judges = ["judge:a@1", "judge:b@3"].map((annotator) =>
    comparison({ preferred: 1, strength: 1 }, { source: "lm", annotator }),
  );
  const one = instanceWith([person, ...judges]);
  // (1 - 2 * 0.4 * 0.5) / 1.8
  const strength = expect.closeTo(0.6 / 1.8, 12) as number;
  expect(weighed(one, 0.4)).toMatchObject([
    { preference: { chosen: { index: 0 }, confidence: 1 / 1.8, strength, labels: { length: 3 } } },
  ]);
  expect(weighed(one, 0.5)).toEqual([{ kind: "left-out", reason: "draws" }]);
  expect(weighed(one, 1)).toMatchObject([{ preference: { chosen: { index: 1 }, confidence: 2 / 3 } }]);
});

test("with a weight of 0 AI has no say: its labels are behind no row, and alone they make none", () => {
  const judge = comparison({ preferred: 1 }, { source: "lm", annotator: "judge:a@1" });
  const person = comparison({ preferred: 0 });
  expect(weighed(instanceWith([judge, person]), 0)).toMatchObject([{ preference: { labels: [{ id: person.id }] } }]);
  expect(weighed(instanceWith([judge]), 0)).toEqual([]);
});

test("of a judge's versions the latest has its say, and samples of one annotator are one vote", () => {
  const judge = (version: number, sample: number, preferred: 0 | 1) =>
    comparison({ preferred }, { source: "lm", annotator: `judge:a@${version}`, sample });
  const one = instanceWith([judge(1, 0, 0), judge(2, 0, 1), judge(2, 1, 1), comparison({ preferred: 0 })]);
  expect(weighed(one, 0.5)).toMatchObject([
    { preference: { chosen: { index: 0 }, confidence: 1 / 1.5, labels: { length: 3 } } },
  ]);
});
