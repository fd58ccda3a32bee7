import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combineComparisons, joinOrders, type BothOrders, type PairVerdict } from "./comparison";

const first: PairVerdict = { kind: "preferred", preferred: 0, strength: 1 };
const second: PairVerdict = { kind: "preferred", preferred: 1, strength: 1 };
const tie: PairVerdict = { kind: "tie" };
const none: PairVerdict = { kind: "invalid" };
const strong = (verdict: PairVerdict, strength: number): PairVerdict => ({ ...verdict, strength }) as PairVerdict;

describe("one sample", () => {
  test.each<[string, BothOrders, object]>([
    [
      "both agree",
      [first, strong(first, 2)],
      { outcome: "preferred", payload: { preferred: 0, strength: 2 }, confidence: 1 },
    ],
    ["both tie", [tie, tie], { outcome: "tie", payload: { preferred: "tie", strength: 0 }, confidence: 1 }],
    [
      "the orders contradict each other",
      [first, second],
      { outcome: "inconsistent", payload: { preferred: "tie", strength: 0 }, confidence: 0.5 },
    ],
    ["one ties", [first, tie], { outcome: "inconsistent", confidence: 0.5 }],
    ["one is unreadable", [first, none], { outcome: "invalid", payload: null, confidence: 0 }],
  ])("%s", (_, orders, expected) => {
    expect(combineComparisons([orders])).toMatchObject(expected);
  });

  test("says what its confidence is read from", () => {
    expect(combineComparisons([[first, first]])).toMatchObject({ basis: "orders", probability: null });
    expect(
      combineComparisons([
        [first, first],
        [first, first],
      ]).basis,
    ).toBe("samples");
  });
});

describe("several samples", () => {
  test("the answer of most counts, a sample whose orders disagree half, by hand", () => {
    const joined = combineComparisons([
      [first, strong(first, 3)],
      [strong(first, 2), strong(first, 3)],
      [first, second],
      [second, second],
    ]);
    // Of 8 verdicts 5 say it; the strengths are 1, 3, 2 and 3.
    expect(joined).toEqual({
      ...{ outcome: "preferred", payload: { preferred: 0, strength: 2 } },
      ...{ confidence: 5 / 8, basis: "samples", probability: null },
    });
  });

  test("with no answer ahead, or most inconsistent, nothing is decided", () => {
    expect(
      combineComparisons([
        [first, first],
        [second, second],
      ]),
    ).toMatchObject({ outcome: "inconsistent", confidence: 0.5 });
    expect(
      combineComparisons([
        [first, second],
        [first, tie],
        [first, first],
      ]),
    ).toMatchObject({
      ...{ outcome: "inconsistent", payload: { preferred: "tie", strength: 0 }, confidence: 4 / 6 },
    });
  });

  test("unreadable ones have no say, but lower the confidence", () => {
    expect(
      combineComparisons([
        [none, first],
        [second, second],
      ]),
    ).toMatchObject({
      ...{ outcome: "preferred", payload: { preferred: 1, strength: 1 }, confidence: 0.5 },
    });
    expect(
      combineComparisons([
        [none, first],
        [none, none],
      ]).outcome,
    ).toBe("invalid");
    expect(combineComparisons([]).outcome).toBe("invalid");
  });
});

describe("probabilities of tokens", () => {
  const likely = (verdict: PairVerdict, probability: number | null) => ({ ...verdict, probability });

  test("are averaged over the orders, p = (p_AB + 1 - p_BA) / 2", () => {
    const joined = combineComparisons([[likely(first, 0.9), likely(first, 0.6)]]);
    expect(joined).toMatchObject({ outcome: "preferred", confidence: 0.75, basis: "tokens", probability: 0.75 });
    expect(combineComparisons([[likely(second, 0.1), likely(second, 0.3)]])).toMatchObject({
      ...{ confidence: 0.8, basis: "tokens", probability: 0.2 },
    });
  });

  test("do not make the orders agree, and are nothing unless all verdicts have one", () => {
    const contradicting = combineComparisons([[likely(first, 0.99), likely(second, 0.45)]]);
    expect(contradicting).toMatchObject({ outcome: "inconsistent", basis: "orders", probability: 0.72 });
    const lacking = combineComparisons([[likely(first, 0.9), likely(first, null)]]);
    expect(lacking).toMatchObject({ confidence: 1, basis: "orders", probability: null });
  });
});

describe("whatever the verdicts", () => {
  const verdict: fc.Arbitrary<PairVerdict> = fc.oneof(
    fc.record({
      kind: fc.constant("preferred" as const),
      preferred: fc.constantFrom(0 as const, 1 as const),
      strength: fc.integer({ min: 1, max: 4 }),
      probability: fc.option(fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8)),
    }),
    fc.constant(tie),
    fc.constant(none),
  );
  const samples = fc.array(fc.tuple(verdict, verdict), { maxLength: 7 });

  test("neither the orders' nor the samples' sequence matters", () => {
    fc.assert(
      fc.property(samples, (all) => {
        const turned = [...all].reverse().map(([one, other]): BothOrders => [other, one]);
        const [a, b] = [combineComparisons(all), combineComparisons(turned)];
        expect({ ...b, confidence: null, probability: null }).toEqual({ ...a, confidence: null, probability: null });
        expect(b.confidence).toBeCloseTo(a.confidence);
      }),
    );
  });

  test("naming the pair the other way round turns the answer, and nothing else", () => {
    const turn = (one: PairVerdict): PairVerdict =>
      one.kind === "preferred"
        ? {
            ...one,
            preferred: one.preferred === 0 ? 1 : 0,
            probability: one.probability == null ? null : 1 - one.probability,
          }
        : one;
    fc.assert(
      fc.property(samples, (all) => {
        const [a, b] = [combineComparisons(all), combineComparisons(all.map(([x, y]) => [turn(x), turn(y)] as const))];
        expect(b.outcome).toBe(a.outcome);
        expect(b.payload?.strength).toBe(a.payload?.strength);
        expect(b.confidence).toBeCloseTo(a.confidence);
        if (a.outcome === "preferred") expect(b.payload!.preferred).toBe(a.payload!.preferred === 0 ? 1 : 0);
      }),
    );
  });

  test("one sample comes to what its orders come to, and the confidence is a share", () => {
    fc.assert(
      fc.property(samples, verdict, verdict, (all, one, other) => {
        expect(combineComparisons([[one, other]]).outcome).toBe(joinOrders(one, other).kind);
        const { confidence } = combineComparisons(all);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
