import fc from "fast-check";
import { expect, test } from "vitest";
import type { RouteKind } from "@/lib/db/generated/enums";
import { inLocale } from "@/lib/say";
import { decide, routePropensities, thresholdOf, type Candidate } from "./decide";
import { describePolicy } from "./describe";
import { policyKindNames } from "./policy-kinds";
import { reasonOf } from "./reason";
import type { Policy } from "./schema";

const settings = { version: 2, dualShare: 0, lmWeight: 0.5, seed: 7 };
const random = (fields: { humanShare: number; dualShare?: number; seed?: number; version?: number }): Policy => ({
  kind: "random",
  pacing: null,
  ...settings,
  ...fields,
});

/** Instances q0, q1 ... with scores rising from 0, or without. */
function instances(count: number, score: (i: number) => number | null = () => null): Candidate[] {
  return Array.from({ length: count }, (_, i) => ({ id: `q${i}`, score: score(i), hasImages: false }));
}

function countRoutes(policy: Policy, candidates: Candidate[]): Record<RouteKind, number> {
  const counts = { human: 0, lm: 0, dual: 0 };
  for (const candidate of candidates) counts[decide(policy, candidate).route]++;
  return counts;
}

/** Five standard deviations: a binomial count leaves this once in 1.7 million. */
function expectShare(count: number, share: number, of: number): void {
  expect(Math.abs(count - share * of)).toBeLessThanOrEqual(5 * Math.sqrt(of * share * (1 - share)) + 1e-9);
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const score = fc.option(fc.double({ min: 0, max: Math.LN2, noNaN: true }));
const threshold = fc.option(fc.record({ score: fc.double({ min: 0, max: Math.LN2, noNaN: true }), share }));
const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    kind: fc.constantFrom(...policyKindNames),
    humanShare: share,
    dualShare: share,
    seed: fc.nat(),
    version: fc.integer({ min: 1, max: 50 }),
    threshold,
  })
  .map((fields) => ({ lmWeight: 0.5, ...fields }) as Policy);
const candidate = fc.record({ id: fc.uuid(), score, hasImages: fc.boolean() });

test("propensities sum to 1 over the routes, and a decision carries that of its route, above 0", () => {
  fc.assert(
    fc.property(anyPolicy, candidate, (policy, instance) => {
      const propensities = routePropensities(policy, instance);
      expect(propensities.human + propensities.lm + propensities.dual).toBeCloseTo(1, 12);
      const { route, propensity } = decide(policy, instance);
      expect(propensity).toBe(propensities[route]);
      expect(propensity).toBeGreaterThan(0);
    }),
  );
});

test("a decision depends on seed, version and instance alone, not on order or company", () => {
  fc.assert(
    fc.property(
      anyPolicy,
      fc.uniqueArray(candidate, { maxLength: 20, selector: ({ id }) => id }),
      (policy, candidates) => {
        const forwards = new Map(candidates.map((one) => [one.id, decide(policy, one)]));
        for (const one of [...candidates].reverse()) expect(decide(policy, one)).toEqual(forwards.get(one.id));
      },
    ),
  );
});

test("the shares of a random policy are within binomial bounds, for any seed and version", () => {
  const candidates = instances(2000);
  fc.assert(
    fc.property(share, share, fc.nat(), fc.integer({ min: 1, max: 100 }), (humanShare, dualShare, seed, version) => {
      const counts = countRoutes(random({ humanShare, dualShare, seed, version }), candidates);
      expectShare(counts.dual, dualShare, 2000);
      expectShare(counts.human, (1 - dualShare) * humanShare, 2000);
    }),
    { numRuns: 50 },
  );
});

test("another version draws anew: whoever it sent to people before has no better chance now", () => {
  const candidates = instances(4000);
  const before = candidates.filter((one) => decide(random({ humanShare: 0.3, version: 2 }), one).route === "human");
  const again = before.filter((one) => decide(random({ humanShare: 0.3, version: 3 }), one).route === "human");
  expectShare(again.length, 0.3, before.length);
});

test("everything goes to people or to AI, but for the dual share", () => {
  const candidates = instances(1000);
  expect(countRoutes({ kind: "all-human", ...settings }, candidates)).toEqual({ human: 1000, lm: 0, dual: 0 });
  expect(countRoutes({ kind: "all-ai", ...settings }, candidates)).toEqual({ human: 0, lm: 1000, dual: 0 });
  const { human, lm, dual } = countRoutes({ kind: "all-ai", ...settings, dualShare: 0.1 }, candidates);
  expect([human, lm + dual]).toEqual([0, 1000]);
  expectShare(dual, 0.1, 1000);
});

test("uncertainty sends the highest scores to people, certainly but for the dual draw", () => {
  const candidates = instances(1000, (i) => i / 1000);
  const cut = thresholdOf(
    Float64Array.from(candidates, (one) => one.score!),
    0.25,
  )!;
  expect(cut).toEqual({ score: 0.75, share: 1 });
  const policy: Policy = {
    kind: "uncertainty",
    pacing: null,
    modelVersion: 1,
    humanShare: 0.25,
    ...settings,
    dualShare: 0.2,
    threshold: cut,
  };
  for (const one of candidates) {
    const { route, propensity, score } = decide(policy, one);
    expect(score).toBe(one.score);
    if (route === "dual") expect(propensity).toBe(0.2);
    else expect([route, propensity]).toEqual([one.score! >= 0.75 ? "human" : "lm", 0.8]);
  }
  expectShare(countRoutes(policy, candidates).dual, 0.2, 1000);
});

test("the dual draw does not look at the score", () => {
  const policy: Policy = {
    kind: "uncertainty",
    pacing: null,
    modelVersion: 1,
    humanShare: 0.3,
    ...settings,
    dualShare: 0.3,
    threshold: { score: 0.5, share: 1 },
  };
  const dual = (value: number | null) =>
    instances(500, () => value)
      .filter((one) => decide(policy, one).route === "dual")
      .map(({ id }) => id);
  expect(dual(0.1)).toEqual(dual(0.9));
  expect(dual(null)).toEqual(dual(0.9));
});

test("instances without a score are drawn at random, with the propensity of the draw", () => {
  const policy: Policy = {
    kind: "uncertainty",
    pacing: null,
    modelVersion: 1,
    humanShare: 0.3,
    ...settings,
    dualShare: 0.1,
    threshold: { score: 0.5, share: 1 },
  };
  const candidates = instances(3000);
  const counts = countRoutes(policy, candidates);
  expectShare(counts.human, 0.27, 3000);
  expect(new Set(candidates.map((one) => decide(policy, one).propensity))).toEqual(
    new Set([0.1, 0.9 * 0.3, 0.9 * 0.7]),
  );
  expect(decide(policy, candidates[0]!)).toMatchObject({
    score: null,
    reason: expect.stringContaining("Not scored") as string,
  });
});

test("of instances with the score of the cut, as many are drawn as the share still wants", () => {
  const scores = [0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1, 0.1, 0.1];
  const cut = thresholdOf(Float64Array.from(scores), 0.3)!;
  expect(cut).toEqual({ score: 0.5, share: 2 / 4 });
  const policy: Policy = {
    kind: "uncertainty",
    pacing: null,
    modelVersion: 1,
    humanShare: 0.3,
    ...settings,
    threshold: cut,
  };
  expect(routePropensities(policy, { id: "a", score: 0.5, hasImages: false })).toEqual({
    dual: 0,
    human: 0.5,
    lm: 0.5,
  });
  const equal = thresholdOf(new Float64Array(2000).fill(0.2), 0.3)!;
  expect(equal).toEqual({ score: 0.2, share: 0.3 });
  expectShare(
    countRoutes(
      { ...policy, threshold: equal },
      instances(2000, () => 0.2),
    ).human,
    0.3,
    2000,
  );
});

test("the cut of no scores is none, and the shares 0 and 1 cut nothing and everything", () => {
  expect(thresholdOf(new Float64Array(), 0.5)).toBeNull();
  expect(thresholdOf(Float64Array.of(0.1, 0.3, 0.2), 0)).toEqual({ score: 0.3, share: 0 });
  expect(thresholdOf(Float64Array.of(0.1, 0.3, 0.2), 1)).toEqual({ score: 0.1, share: 1 });
});

test("the cut sends as many to people as the share wants, to the nearest whole one", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }),
      share,
      (scores, humanShare) => {
        const policy: Policy = {
          kind: "uncertainty",
          pacing: null,
          modelVersion: 1,
          humanShare,
          ...settings,
          threshold: thresholdOf(Float64Array.from(scores), humanShare),
        };
        const { human } = countRoutes(
          policy,
          instances(scores.length, (i) => scores[i]!),
        );
        expect(human).toBe(Math.round(humanShare * scores.length));
      },
    ),
  );
});

test("an instance with images goes to people whatever the policy", () => {
  fc.assert(
    fc.property(anyPolicy, candidate, (policy, instance) => {
      const shown = { ...instance, hasImages: true };
      expect(decide(policy, shown)).toEqual({
        ...{ route: "human", propensity: 1, score: null },
        reason: `It has images, which AI is not shown, so it goes to people whatever the policy (policy ${policy.version})`,
      });
      expect(routePropensities(policy, shown)).toEqual({ dual: 0, human: 1, lm: 0 });
    }),
  );
});

test("reasons say in words what was done", () => {
  const policy: Policy = {
    kind: "uncertainty",
    pacing: null,
    modelVersion: 1,
    humanShare: 0.25,
    ...settings,
    threshold: { score: 0.1234, share: 1 },
  };
  expect(decide(policy, { id: "a", score: 0.5, hasImages: false }).reason).toBe(
    "Disagreement 0.500 is above the cut of 0.123 for the 25 % that go to people: to people (policy 2)",
  );
  expect(
    decide({ kind: "all-human", ...settings, version: 1 }, { id: "a", score: null, hasImages: false }).reason,
  ).toBe("All instances go to people (policy 1)");
  expect(decide(random({ humanShare: 1, dualShare: 0 }), { id: "a", score: 0.4, hasImages: false })).toEqual({
    route: "human",
    propensity: 1,
    score: null,
    reason: "Drawn for people: 100 % of the instances go to people, at random (policy 2)",
  });
});

const learned: Policy = {
  ...{ kind: "learned", humanShare: 0.3, pacing: null, ...settings, dualShare: 0.08, fitVersion: 3 },
  threshold: { score: 0.002, share: 0.5 },
};

test("how often each kind of policy routes which way is as the propensities say, at the cut as well", () => {
  const candidates = instances(3000, (i) => (i % 3) / 1000);
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const cut =
        "threshold" in policy && policy.threshold ? { ...policy, threshold: { score: 0.001, share: 0.4 } } : policy;
      for (const score of [0, 0.001, 0.002]) {
        const equal = candidates.filter((one) => one.score === score);
        const counts = countRoutes(cut, equal);
        const expected = routePropensities(cut, equal[0]!);
        for (const route of ["human", "lm", "dual"] as const) expectShare(counts[route], expected[route], equal.length);
      }
    }),
    { numRuns: 60 },
  );
});

test("confidence and cascade send everything to AI first, but for the dual draw", () => {
  const promise = { alpha: 0.05, delta: 0.1, fitVersion: 2, cuts: [{ judge: "judge:a@1", confidence: 0.8 }] };
  for (const kind of ["confidence", "cascade"] as const) {
    const policy: Policy = { kind, ...promise, ...settings, dualShare: 0.08 };
    expect(
      countRoutes(
        policy,
        instances(500, (i) => i),
      ).human,
    ).toBe(0);
    expect(routePropensities(policy, { id: "a", score: 1, hasImages: false })).toEqual({
      dual: 0.08,
      human: 0,
      lm: 0.92,
    });
    const stayed = instances(50)
      .map((one) => decide(policy, one))
      .find(({ route }) => route === "lm")!;
    expect(stayed.reason).toBe(
      "All instances that were not drawn for both go to AI first, and on to people where it is not confident (policy 2)",
    );
  }
});

test("a learned decision tells its gain, the cut and the three characteristics that matter most", () => {
  const because = [
    { words: "long prompt (above 400)", gain: 0.0021 },
    { words: "expertise level: expert domain knowledge", gain: -0.0004 },
    { words: "middle cosine (0.3 to below 0.6)", gain: 0.0002 },
    { words: "simple", gain: 0.0001 },
  ];
  const decision = decide({ ...learned, dualShare: 0 }, { id: "a", score: 0.0031, because, hasImages: false });
  expect(decision).toEqual({
    ...{ route: "human", propensity: 1, score: 0.0031 },
    reason:
      "A person's label gains 0.00310, above the cut of 0.00200 for the 30 % that go to people: to people (policy 2). Most of it: long prompt (above 400) (+0.00210), expertise level: expert domain knowledge (−0.000400), middle cosine (0.3 to below 0.6) (+0.000200)",
  });
});

test("a learned policy draws what is not measured yet by its share", () => {
  const candidates = instances(3000);
  expectShare(countRoutes(learned, candidates).human, 0.92 * 0.3, 3000);
  expect(decide({ ...learned, dualShare: 0 }, candidates[0]!).reason).toContain(
    "Its characteristics are not known yet",
  );
});

test("a reason is stored in English whoever asks, and said in the language of the request", () => {
  const policy = random({ humanShare: 0.3 });
  const candidate = { id: "a", score: null, hasImages: false };
  inLocale("zh-Hans", () => {
    expect(decide(policy, candidate).reason).toMatch(/^Drawn for .*: 30 % of the instances go to people, at random/);
    expect(reasonOf(policy, candidate, "human")).toBe("抽给人工：30 % 的样本随机交给人工（策略 2）");
    expect(describePolicy(policy)).toBe("将随机抽取的 30 % 交给人工，其余交给 AI。");
  });
});
