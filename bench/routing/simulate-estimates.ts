import {
  combineMeans,
  differenceInterval,
  doublyRobustMean,
  inverseProbabilityMean,
  shareInterval,
  type Interval,
  type PopulationMean,
} from "@/lib/stats/population-mean";
import { seededRandom, type Random } from "@/lib/stats/random";

const prompts = 1500;
/** Two versions of a policy drew for both with these probabilities. */
const drawnShares = [0.08, 0.2];
/** A person's label is confirmed by the others with this probability. */
const humanAccuracy = 0.92;

type Instance = {
  group: number;
  /** True probabilities that AI's label is right, and what a model of AI's errors foresees. */
  right: number;
  foreseen: number;
  isDrawn: boolean;
  weight: number;
  /** Of AI's label and of a person's. */
  ai: number;
  human: number;
  /** The policy asks people where it foresees errors. */
  byPeople: boolean;
};

type Coverage = { covered: number; width: number; bias: number };

/**
 * How often the 95 % intervals of the estimates cover the truth, over repetitions: of AI's accuracy, of that of the labels
 * as the policy has them, and of what the policy gains over AI alone. Instances come by prompts, within which AI's errors
 * are alike; the policy sends those to people on which it foresees errors, so that agreement among all that people and AI
 * have both labelled lies (`naive`).
 */
export function simulateEstimates({ seed, repetitions }: { seed: number; repetitions: number }): object {
  const random = seededRandom(seed);
  const found: Record<string, Coverage> = {};
  const note = (name: string, interval: Interval, value: number, truth: number): void => {
    const one = (found[name] ??= { covered: 0, width: 0, bias: 0 });
    one.covered += Number(interval[0] <= truth && truth <= interval[1]) / repetitions;
    one.width += (interval[1] - interval[0]) / repetitions;
    one.bias += (value - truth) / repetitions;
  };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const all = drawInstances(random);
    const drawn = all.filter(({ isDrawn }) => isDrawn);
    const truth = {
      ai: mean(all, ({ right }) => right),
      current: mean(all, ({ right, byPeople }) => (byPeople ? humanAccuracy : right)),
    };
    for (const [kind, estimate] of Object.entries({ ipw, doubly_robust: doublyRobust })) {
      const ai = estimate(drawn, all, (one) => one.ai);
      const current = estimate(drawn, all, (one) => (one.byPeople ? one.human : one.ai));
      const gain = combineMeans([
        { share: 1, mean: current },
        { share: -1, mean: ai },
      ]);
      note(`${kind}_ai`, shareInterval(ai)!, ai.value, truth.ai);
      note(`${kind}_policy`, shareInterval(current)!, current.value, truth.current);
      note(`${kind}_gain`, differenceInterval(gain)!, gain.value, truth.current - truth.ai);
    }
    const both = all.filter(({ isDrawn, byPeople }) => isDrawn || byPeople);
    const naive = inverseProbabilityMean(both.map(({ ai, group }) => ({ value: ai, weight: 1, group })))!;
    note("naive_ai", shareInterval(naive)!, naive.value, truth.ai);
  }
  return { repetitions, prompts, drawn_shares: drawnShares, nominal: 0.95, figures: found };
}

type Valued = (one: Instance) => number;

function ipw(drawn: readonly Instance[], _: readonly Instance[], of: Valued): PopulationMean {
  return inverseProbabilityMean(drawn.map((one) => ({ value: of(one), weight: one.weight, group: one.group })))!;
}

function doublyRobust(drawn: readonly Instance[], all: readonly Instance[], of: Valued): PopulationMean {
  const foresee = ({ foreseen, group }: Instance) => ({ predictor: foreseen, group });
  return doublyRobustMean(
    drawn.map((one) => ({ ...foresee(one), value: of(one), weight: one.weight })),
    all.map(foresee),
  )!;
}

function drawInstances(random: Random): Instance[] {
  return Array.from({ length: prompts }, (_, group) => {
    // AI is right mostly, but on a fifth of the prompts it is not.
    const right = random() < 0.2 ? 0.45 + 0.2 * random() : 0.8 + 0.19 * random();
    const share = drawnShares[group % drawnShares.length]!;
    return Array.from({ length: 1 + Math.floor(3 * random()) }, (): Instance => {
      const foreseen = Math.min(1, Math.max(0, 0.5 * right + 0.35 + 0.2 * (random() - 0.5)));
      return {
        ...{ group, right, foreseen, isDrawn: random() < share, weight: 1 / share, byPeople: foreseen < 0.72 },
        ...{ ai: Number(random() < right), human: Number(random() < humanAccuracy) },
      };
    });
  }).flat();
}

function mean(all: readonly Instance[], of: Valued): number {
  return all.reduce((sum, one) => sum + of(one), 0) / all.length;
}
