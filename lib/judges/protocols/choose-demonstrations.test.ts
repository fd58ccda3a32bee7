import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseDemonstrations, type DemonstrationCandidate, type DemonstrationChoice } from "./choose-demonstrations";

const item = { id: "item", promptGroup: "group", vector: [1, 0] };
const six: DemonstrationChoice = { count: 6, by: "stratified", answers: ["A", "B"], seed: 7 };

function aCandidate(n: number, fields: Partial<DemonstrationCandidate> = {}): DemonstrationCandidate {
  return { id: `c${n}`, promptGroup: `g${n}`, split: "train", answer: n % 2 === 0 ? "A" : "B", ...fields };
}
const many = (n: number, fields: (i: number) => Partial<DemonstrationCandidate> = () => ({})) =>
  Array.from({ length: n }, (_, i) => aCandidate(i, fields(i)));
const ids = (chosen: readonly DemonstrationCandidate[]) => chosen.map(({ id }) => id).sort();
const counts = (chosen: readonly DemonstrationCandidate[], answer: string) =>
  chosen.filter((one) => one.answer === answer).length;

test("three have one answer and three the other", () => {
  const chosen = chooseDemonstrations(
    item,
    many(40, (i) => ({ answer: i < 35 ? "A" : "B" })),
    six,
  );
  expect([counts(chosen, "A"), counts(chosen, "B")]).toEqual([3, 3]);
});

test("where one answer is rare the others fill its places, and answers not asked for are left out", () => {
  const rare = chooseDemonstrations(
    item,
    many(40, (i) => ({ answer: i === 0 ? "B" : "A" })),
    six,
  );
  expect([counts(rare, "A"), counts(rare, "B")]).toEqual([5, 1]);
  expect(
    chooseDemonstrations(
      item,
      many(9, () => ({ answer: "tie" })),
      six,
    ),
  ).toEqual([]);
  const all = chooseDemonstrations(
    item,
    many(40, (i) => ({ answer: ["A", "B", "tie"][i % 3]! })),
    {
      ...{ count: 6, by: "stratified", seed: 1 },
    },
  );
  expect(["A", "B", "tie"].map((answer) => counts(all, answer))).toEqual([2, 2, 2]);
});

test("the nearest by cosine come first, those without a vector last", () => {
  const candidates = many(40, (i) => (i < 30 ? { vector: [Math.cos(i / 10), Math.sin(i / 10)] } : {}));
  expect(ids(chooseDemonstrations(item, candidates, { ...six, by: "nearest" }))).toEqual([
    "c0",
    "c1",
    "c2",
    "c3",
    "c4",
    "c5",
  ]);
  expect(ids(chooseDemonstrations(item, candidates.slice(28), { ...six, count: 2, by: "nearest" }))).toEqual([
    "c28",
    "c29",
  ]);
});

test("stratified ones spread over the tags", () => {
  const tags = ["law", "poems", "code"];
  const candidates = many(60, (i) => ({ tags: [i < 50 ? "law" : tags[i % 3]!] }));
  const chosen = chooseDemonstrations(item, candidates, six);
  expect(new Set(chosen.flatMap((one) => one.tags ?? []))).toEqual(new Set(tags));
  for (const tag of tags) expect(chosen.filter((one) => one.tags![0] === tag)).toHaveLength(2);
});

test("the seed decides the choice and its order", () => {
  const candidates = many(40);
  const once = chooseDemonstrations(item, candidates, six);
  expect(chooseDemonstrations(item, [...candidates].reverse(), six)).toEqual(once);
  expect(chooseDemonstrations(item, candidates, { ...six, seed: 8 })).not.toEqual(once);
  const last = new Set(
    [...Array(20).keys()].map((seed) => chooseDemonstrations(item, candidates, { ...six, seed }).at(-1)!.answer),
  );
  expect(last).toEqual(new Set(["A", "B"]));
});

describe("whatever the candidates", () => {
  const candidate = fc.record({
    id: fc.nat(30).map(String),
    promptGroup: fc.nat(12).map(String),
    split: fc.constantFrom("train" as const, "test" as const),
    answer: fc.constantFrom("A", "B", "tie"),
    vector: fc.option(fc.tuple(fc.nat(3), fc.nat(3)), { nil: undefined }),
    tags: fc.option(fc.subarray(["x", "y"]), { nil: undefined }),
  });
  const candidates = fc.uniqueArray(candidate, { selector: ({ id }) => id });
  const by = fc.constantFrom("nearest" as const, "stratified" as const);

  test("none is of the test split, the item, its prompt group, or another one's; and none is missing", () => {
    fc.assert(
      fc.property(candidates, by, fc.nat(9), fc.nat(), (all, way, count, seed) => {
        const about = { id: "3", promptGroup: "5", vector: [1, 1] };
        const chosen = chooseDemonstrations(about, all, { count, by: way, answers: ["A", "B"], seed });
        for (const { id, promptGroup, split, answer } of chosen) {
          expect([id !== "3", promptGroup !== "5", split === "train", answer !== "tie"]).toEqual([
            true,
            true,
            true,
            true,
          ]);
        }
        expect(new Set(chosen.map(({ promptGroup }) => promptGroup)).size).toBe(chosen.length);
        expect(chosen.length).toBeLessThanOrEqual(Math.min(count, 6));
        const usable = all.filter(
          (one) => one.id !== "3" && one.promptGroup !== "5" && one.split === "train" && one.answer !== "tie",
        );
        const groups = new Set(usable.map(({ promptGroup }) => promptGroup)).size;
        expect(chosen.length).toBe(Math.min(count, 6, groups));
      }),
    );
  });

  test("the answers are as even as the candidates of different prompts allow", () => {
    fc.assert(
      fc.property(candidates, by, (all, way) => {
        const apart = all.map((one) => ({ ...one, promptGroup: `own ${one.id}` }));
        const chosen = chooseDemonstrations(item, apart, { ...six, by: way });
        const usable = apart.filter(({ split }) => split === "train");
        for (const [one, other] of [
          ["A", "B"],
          ["B", "A"],
        ] as const) {
          const isRare = counts(chosen, one) === counts(usable, one);
          expect(isRare || counts(chosen, one) >= counts(chosen, other) - 1).toBe(true);
        }
      }),
    );
  });
});
