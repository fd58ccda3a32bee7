import { expect, test } from "vitest";
import { seededRandom, type Random } from "@/lib/stats/random";
import { shareInterval, inverseProbabilityMean } from "@/lib/stats/population-mean";
import { decide, routePropensities, thresholdOf } from "../decide";
import type { Figure } from "../learn/schema";
import type { Policy, RouteCounts } from "../schema";
import { agreementOf, type Agreement } from "./agreement";
import { estimate, type Drawn, type Estimates, type Routed } from "./estimate";
import { weigh, type Tally } from "./weigh";

const settings = { dualShare: 0.1, lmWeight: 0.5, seed: 1 };
const draws = { pacing: null, modelVersion: 1, ...settings };

/** Hard instances are those that AI gets wrong, and that a reward model disagrees on. */
type Instance = { id: string; group: number; score: number; people: number; ai: number };

type World = { estimates: Estimates; truth: Record<"current" | "allHuman" | "allAi", number>; naive: Figure };

function someInstances(random: Random, prompts: number): Instance[] {
  return Array.from({ length: 2 * prompts }, (_, i) => i).map((i) => {
    const hardness = random();
    const score = hardness + 0.3 * (random() - 0.5);
    return {
      id: `${random()}`,
      group: Math.floor(i / 2),
      score,
      people: 0.95 - 0.15 * hardness,
      ai: 0.97 - 0.5 * hardness,
    };
  });
}

/** How often one of three people, and AI, says what the others say, if the one right answer is said that often. */
function expected({ people, ai }: Instance): { people: number; ai: number } {
  return { people: people ** 2 + (1 - people) ** 2, ai: ai * people + (1 - ai) * (1 - people) };
}

function label(random: Random, instance: Instance): Agreement {
  const say = (rate: number) => Number(random() < rate);
  return agreementOf([{ people: [1, 2, 3].map(() => say(instance.people)), ai: say(instance.ai) }])!;
}

/**
 * Three versions of a policy one after the other. AI labels nearly all that it is asked to before the next comes, people a
 * part: what still waits is mostly what was sent to people, and is drawn anew.
 */
function live(random: Random, instances: Instance[]): World {
  const threshold = thresholdOf(
    Float64Array.from(instances, ({ score }) => score),
    0.3,
  );
  const policies: Policy[] = [
    { kind: "uncertainty", humanShare: 0.3, threshold, ...draws, version: 1 },
    { kind: "random", humanShare: 0.4, pacing: null, ...settings, dualShare: 0.15, version: 2 },
    { kind: "uncertainty", humanShare: 0.3, threshold, ...draws, version: 3 },
  ];
  const last = new Map<string, { policy: Policy; route: keyof RouteCounts }>();
  const tallies = new Map<number, Tally & { labelled: number }>();
  let open = instances;
  for (const policy of policies) {
    const tally = { decided: { human: 0, lm: 0, dual: 0 }, settled: { human: 0, lm: 0, dual: 0 }, labelled: 0 };
    tallies.set(policy.version, tally);
    open = open.filter((instance) => {
      const { route } = decide(policy, { ...instance, hasImages: false });
      last.set(instance.id, { policy, route });
      tally.decided[route]++;
      const isSettled = policy.version === 3 || random() < (route === "human" ? 0.35 : 0.95);
      if (isSettled) tally.settled[route]++;
      return !isSettled;
    });
  }
  const labelled = instances.filter(({ id }) => last.get(id)!.route === "dual" && random() < 0.8);
  for (const { id } of labelled) tallies.get(last.get(id)!.policy.version)!.labelled++;
  const drawn = labelled.map((instance): Drawn => {
    const { policy } = last.get(instance.id)!;
    const weights = weigh(routePropensities(policy, { ...instance, hasImages: false }), tallies.get(policy.version)!);
    const agreement = label(random, instance);
    return { group: instance.group, predictor: instance.score, weights, agreement, leftToAi: agreement.ai };
  });
  const isByAi = ({ id }: Instance) => last.get(id)!.route === "lm";
  const population = instances.map((one): Routed => ({ group: one.group, predictor: one.score, byAi: isByAi(one) }));
  const ai = instances.filter(isByAi).length;
  // A judge was run over what people label, too: all that both have labelled.
  const both = instances
    .filter((one) => last.get(one.id)!.route === "human")
    .map((one) => ({ ...one, value: label(random, one).ai }));
  const all = [...both, ...drawn.map(({ group, agreement }) => ({ group, value: agreement.ai }))];
  const mean = inverseProbabilityMean(all.map(({ group, value }) => ({ group, value, weight: 1 })))!;
  return {
    estimates: estimate({ drawn, population, counts: { people: instances.length - ai, ai } }),
    truth: {
      current: meanOf(instances, (one) => (isByAi(one) ? expected(one).ai : expected(one).people)),
      allHuman: meanOf(instances, (one) => expected(one).people),
      allAi: meanOf(instances, (one) => expected(one).ai),
    },
    naive: { value: mean.value, interval: shareInterval(mean) },
  };
}

function meanOf<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length;
}

const holds = (figure: Figure | null, truth: number): number =>
  Number(figure!.interval![0] <= truth && truth <= figure!.interval![1]);

test(
  "95 % intervals cover the truth in 93 % of 400 projects or more, and agreement of what both labelled does not",
  { timeout: 120_000 },
  () => {
    const random = seededRandom(20261126);
    const covered = { naive: 0, regretAllHuman: 0, regretAllAi: 0 } as Record<string, number>;
    const count = (name: string, hit: number) => (covered[name] = (covered[name] ?? 0) + hit);
    for (let repetition = 0; repetition < 400; repetition++) {
      const { estimates, truth, naive } = live(random, someInstances(random, 500));
      for (const name of ["current", "allHuman", "allAi"] as const) {
        count(`${name} ipw`, holds(estimates[name].ipw, truth[name]));
        count(`${name} robust`, holds(estimates[name].doublyRobust, truth[name]));
      }
      count("regretAllHuman", holds(estimates.regretAllHuman, truth.allHuman - truth.current));
      count("regretAllAi", holds(estimates.regretAllAi, truth.allAi - truth.current));
      count("naive", holds(naive, truth.allAi));
    }
    const { naive, ...honest } = covered;
    expect(Object.keys(honest)).toHaveLength(8);
    for (const [name, hits] of Object.entries(honest)) expect(hits, name).toBeGreaterThanOrEqual(0.93 * 400);
    expect(naive).toBeLessThan(0.2 * 400);
  },
);

const one = (fields: Partial<Drawn> & Pick<Drawn, "group" | "agreement">): Drawn => ({
  ...{ predictor: 0, weights: { people: 1, ai: 9 }, leftToAi: fields.agreement.ai },
  ...fields,
});
const routed = (group: number, byAi: boolean): Routed => ({ group, predictor: 0, byAi });

test("the labels as they are have people's and AI's in the shares in which they were asked for", () => {
  const drawn = Array.from({ length: 20 }, (_, group) => one({ group, agreement: { people: 0.9, ai: 0.5 } }));
  const population = [routed(0, false), ...Array.from({ length: 3 }, (_, i) => routed(i + 1, true))];
  const { current, allHuman, allAi, regretAllHuman, regretAllAi } = estimate({
    drawn,
    population,
    counts: { people: 25, ai: 75 },
  });
  expect(current.ipw!.value).toBeCloseTo(0.6, 12);
  expect(current.doublyRobust!.value).toBeCloseTo(0.6, 12);
  expect([allHuman.ipw!.value, allAi.ipw!.value].map((value) => Number(value.toFixed(9)))).toEqual([0.9, 0.5]);
  expect(regretAllHuman!.value).toBeCloseTo(0.3, 12);
  expect(regretAllAi!.value).toBeCloseTo(-0.1, 12);
});

test("what AI is not sure enough of counts as people's", () => {
  const drawn = Array.from({ length: 20 }, (_, group) =>
    one({ group, leftToAi: group % 2 === 0 ? 0.5 : null, agreement: { people: 0.9, ai: 0.5 } }),
  );
  const { current } = estimate({ drawn, population: [routed(0, true)], counts: { people: 0, ai: 10 } });
  expect(current.ipw!.value).toBeCloseTo(0.7, 12);
});

test("with a single person an instance nothing is said of people", () => {
  const drawn = Array.from({ length: 20 }, (_, group) =>
    one({ group, agreement: { people: null, ai: Number(group > 3) } }),
  );
  const { current, allHuman, allAi, regretAllAi } = estimate({
    ...{ drawn, population: [routed(0, true), routed(1, false)], counts: { people: 1, ai: 1 } },
  });
  expect([current.ipw, allHuman.doublyRobust, regretAllAi]).toEqual([null, null, null]);
  expect(allAi.ipw!.value).toBeCloseTo(0.8, 12);
});

test("without a sample nothing is said", () => {
  const { current, allAi, regretAllHuman } = estimate({
    drawn: [],
    population: [routed(0, true)],
    counts: { people: 0, ai: 1 },
  });
  expect([current.ipw, allAi.doublyRobust, regretAllHuman]).toEqual([null, null, null]);
});
