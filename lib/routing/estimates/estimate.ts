import {
  combineMeans,
  differenceInterval,
  doublyRobustMean,
  inverseProbabilityMean,
  shareInterval,
  type Foreseen,
  type PopulationMean,
  type Sampled,
} from "@/lib/stats/population-mean";
import type { Figure } from "../learn/schema";
import type { Agreement } from "./agreement";
import type { RoutingEstimates } from "./schema";
import type { Weights } from "./weigh";

/** An instance that was drawn for people and AI and labelled by both. */
export type Drawn = Foreseen & {
  weights: Weights;
  agreement: Agreement;
  /** How right AI's label is that its policy lets stand where it goes to AI; null where people label it after all. */
  leftToAi: number | null;
};

/** An instance that might have been drawn. */
export type Routed = Foreseen & {
  /** Whether AI alone was asked to label it, at first. */
  byAi: boolean;
};

export type Estimates = Pick<RoutingEstimates, "current" | "allHuman" | "allAi" | "regretAllHuman" | "regretAllAi">;

/** By one of the two ways to estimate; null where nothing can be said. */
type Means = Record<"current" | "allHuman" | "allAi", PopulationMean | null>;

/**
 * How good the labels of all instances are as they are, and would be if people or AI had labelled all, told by those that
 * were drawn for both; `counts` are those that people, both included, and that AI was asked to label. `population` are all
 * of them, or a random part. Where one person labels each instance, only AI is told of.
 */
export function estimate(given: {
  drawn: readonly Drawn[];
  population: readonly Routed[];
  counts: { people: number; ai: number };
}): Estimates {
  const { drawn, population, counts } = given;
  const judged = drawn.filter(({ agreement }) => agreement.people !== null);
  const sample = judged.length > 0 ? judged : drawn;
  const ipw = meansOf(sample, counts, (part) => inverseProbabilityMean(part));
  const robust = meansOf(sample, counts, (part, byAi) =>
    doublyRobustMean(part, byAi === null ? population : population.filter((one) => one.byAi === byAi)),
  );
  const worthOf = (name: keyof Means) => ({ ipw: shareFigure(ipw[name]), doublyRobust: shareFigure(robust[name]) });
  return {
    ...{ current: worthOf("current"), allHuman: worthOf("allHuman"), allAi: worthOf("allAi") },
    regretAllHuman: differenceFigure(robust.allHuman, robust.current),
    regretAllAi: differenceFigure(robust.allAi, robust.current),
  };
}

type Part = (Sampled & Foreseen)[];

/** `byAi` says which part of the population is meant, null all of it. */
type MeanOf = (part: Part, byAi: boolean | null) => PopulationMean | null;

function meansOf(sample: readonly Drawn[], counts: { people: number; ai: number }, meanOf: MeanOf): Means {
  const part = (weight: (weights: Weights) => number, value: (one: Drawn) => number | null): Part =>
    sample.flatMap((one) => {
      const valued = value(one);
      return valued === null
        ? []
        : [{ value: valued, weight: weight(one.weights), group: one.group, predictor: one.predictor }];
    });
  const all = ({ people, ai }: Weights): number => people + ai;
  const byPeople = ({ agreement }: Drawn) => agreement.people;
  const byAi = ({ agreement }: Drawn) => agreement.ai;
  const asItIs = (one: Drawn) => one.leftToAi ?? byPeople(one);
  return {
    allHuman: meanOf(part(all, byPeople), null),
    allAi: meanOf(part(all, byAi), null),
    current: joinParts(
      {
        count: counts.people,
        mean: meanOf(
          part(({ people }) => people, byPeople),
          false,
        ),
      },
      {
        count: counts.ai,
        mean: meanOf(
          part(({ ai }) => ai, asItIs),
          true,
        ),
      },
    ),
  };
}

/** The mean over both parts; null where one that has instances has no mean. */
function joinParts(...parts: { count: number; mean: PopulationMean | null }[]): PopulationMean | null {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const counted = parts.filter(({ count }) => count > 0);
  const known = counted.flatMap(({ count, mean }) => (mean === null ? [] : [{ share: count / total, mean }]));
  return known.length === 0 || known.length < counted.length ? null : combineMeans(known);
}

function shareFigure(mean: PopulationMean | null): Figure | null {
  return mean && { value: Math.min(1, Math.max(0, mean.value)), interval: shareInterval(mean) };
}

function differenceFigure(mean: PopulationMean | null, less: PopulationMean | null): Figure | null {
  if (mean === null || less === null) return null;
  const difference = combineMeans([
    { share: 1, mean },
    { share: -1, mean: less },
  ]);
  return { value: difference.value, interval: differenceInterval(difference) };
}
