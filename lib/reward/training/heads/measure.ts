import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { areaUnderRoc } from "@/lib/stats/auc";
import { figureByGroup, meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { calibratedBand, expectedCalibrationError } from "@/lib/stats/calibration";
import { sigmoid, softplus } from "@/lib/stats/logistic";
import { quadraticKappa } from "@/lib/stats/quadratic-kappa";
import { kendallTauB, spearman } from "@/lib/stats/rank-correlation";
import { isDecided, outcomeOf } from "../data";
import { creditOf } from "../evaluate";
import { streamFor } from "../sampling";
import { rateOf, type OutputOf } from "./calibrate";
import { answeredOf, meanVote, ofColumn, type CompletionExample, type RankingExample } from "./examples";
import type { UsableExamples } from "./heads";
import { outputNames } from "./output-names";
import { categoryOf, type RatingScale } from "./ratings";

/** The test labels of the heads with what a calibrated file says of them, and the overall reward of a completion. */
export type Measured = {
  usable: UsableExamples;
  outputOf: OutputOf;
  rewardOf: (completion: number) => number;
  seed: number;
};

/** Accuracy on the pairs that rankings order, and their mean tau-b with the overall reward. */
export function measureRankings({ usable, rewardOf, seed }: Measured): HeadMetrics["rankings"] {
  const test = usable.rankings.filter(({ split }) => split === "test");
  if (usable.rankings.length === 0) return null;
  const credits = test.flatMap((ranking) => creditsOf(ranking, rewardOf).map((credit) => ({ ...ranking, credit })));
  const taus = test.flatMap((ranking) => {
    const rewards = ranking.completions.map(rewardOf);
    const tau = kendallTauB(
      rewards,
      ranking.ranks.map((rank) => -rank),
    );
    return tau === null ? [] : [{ ...ranking, tau }];
  });
  return {
    train: usable.rankings.filter(({ split }) => split === "train").length,
    accuracy: meanOver(credits, ({ credit }) => credit, seed),
    tau: meanOver(taus, ({ tau }) => tau, seed),
  };
}

function creditsOf({ completions, ranks }: RankingExample, rewardOf: Measured["rewardOf"]): number[] {
  return completions.flatMap((first, i) =>
    completions
      .slice(i + 1)
      .flatMap((second, j) =>
        ranks[i] === ranks[i + 1 + j]
          ? []
          : [creditOf(rewardOf(first) - rewardOf(second), Number(ranks[i]! < ranks[i + 1 + j]!))],
      ),
  );
}

/** How well expected ratings follow the votes' means, beside always the median. */
export function measureRatings({ usable, outputOf, seed }: Measured): HeadMetrics["ratings"] {
  const { scales, examples } = usable.ratings;
  return scales.map((scale, column) => {
    const train = ofColumn(examples, column, "train");
    const test = ofColumn(examples, column, "test");
    const said = test.map(({ completion }) => outputOf(outputNames.rating(column), completion));
    const expected = said.map((probabilities) => expectedValue(probabilities, scale));
    const given = test.map(meanVote);
    const median = middleOf(train.map(meanVote));
    const [ours, theirs] = [said.map(middleCategory), given.map((value) => categoryOf(value, halfway(scale)))];
    const groups = test.map(({ group }) => group);
    const figure = (of: (places: readonly number[]) => number | null): Estimate | null =>
      test.length === 0 ? null : figureByGroup(groups, of, { random: streamFor(seed, "evaluation", 5) });
    const { question, aspect, names, centres, bounds } = scale;
    return {
      ...{ question, aspect, names: names && [...names], centres: [...centres], bounds: [...bounds] },
      train: train.length,
      spearman: figure((places) => spearman(pick(expected, places), pick(given, places))),
      error: meanOver(test, (_, i) => Math.abs(expected[i]! - given[i]!), seed),
      medianError: meanOver(test, (_, i) => Math.abs(median - given[i]!), seed),
      kappa: figure((places) => quadraticKappa(pick(ours, places), pick(theirs, places))),
    };
  });
}

/** The expectation of a rating over its categories. */
export function expectedValue(probabilities: ArrayLike<number>, { centres }: Pick<RatingScale, "centres">): number {
  return centres.reduce((sum, centre, i) => sum + centre * probabilities[i]!, 0);
}

/** The category that has half of the probability up to it, which is the nearest one on average. */
function middleCategory(probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    sum += probabilities[i]!;
    if (sum >= 0.5) return i;
  }
  return probabilities.length - 1;
}

/** Bounds between what the categories stand for: a mean of votes belongs to the nearest one. */
const halfway = ({ centres }: RatingScale): number[] => centres.slice(1).map((centre, i) => (centre + centres[i]!) / 2);

/** How well the probabilities of yes tell and are calibrated, beside the rate of the training labels. */
export function measureBinary({ usable, outputOf, seed }: Measured): HeadMetrics["binary"] {
  const { columns, examples } = usable.binary;
  return columns.map(({ question, kind }, column) => {
    const test = answeredOf(examples, column, "test");
    const train = answeredOf(examples, column, "train").length;
    const probabilities = test.map(({ completion }) => outputOf(outputNames.binary, completion)[column]!);
    const outcomes = test.map(meanVote);
    const rate = rateOf(usable, column);
    const decided = (places: readonly number[]): number[] => places.filter((i) => outcomes[i] !== 0.5);
    const loss = (p: number, outcome: number): number =>
      -outcome * Math.log(Math.max(p, 1e-12)) - (1 - outcome) * Math.log(Math.max(1 - p, 1e-12));
    return {
      ...{ question, kind, rate, train, derived: ofColumn(examples, column, "train").length - train },
      auc:
        test.length === 0
          ? null
          : figureByGroup(
              test.map(({ group }) => group),
              (places) =>
                areaUnderRoc(
                  pick(probabilities, decided(places)),
                  decided(places).map((i) => outcomes[i]! > 0.5),
                ),
              { random: streamFor(seed, "evaluation", 6) },
            ),
      logLoss: meanOver(test, (_, i) => loss(probabilities[i]!, outcomes[i]!), seed),
      baseLogLoss: meanOver(test, (_, i) => loss(rate, outcomes[i]!), seed),
      ...calibrationOf(probabilities, outcomes, seed),
    };
  });
}

/** How well each aspect's reward orders the pairs compared on it. */
export function measureAspects({ usable, outputOf, seed }: Measured): HeadMetrics["aspects"] {
  const { columns, examples } = usable.aspects;
  return columns.map((aspect, column) => {
    const test = ofColumn(examples, column, "test");
    const decided = test.filter(isDecided);
    const margin = (output: string, { first, second }: (typeof test)[number]): number =>
      outputOf(output, first)[column]! - outputOf(output, second)[column]!;
    const accuracy = (output: string): Estimate | null =>
      meanOver(decided, (pair) => creditOf(margin(output, pair), outcomeOf(pair)), seed);
    return {
      aspect,
      train: ofColumn(examples, column, "train").length,
      accuracy: accuracy(outputNames.aspects.withSides),
      accuracyOfText: accuracy(outputNames.aspects.withoutSides),
      logLoss: meanOver(
        test,
        (pair) => {
          const z = margin(outputNames.aspects.withSides, pair);
          return softplus(z) - outcomeOf(pair) * z;
        },
        seed,
      ),
      ...calibrationOf(
        test.map((pair) => sigmoid(margin(outputNames.aspects.withSides, pair))),
        test.map(outcomeOf),
        seed,
      ),
    };
  });
}

function calibrationOf(
  probabilities: readonly number[],
  outcomes: readonly number[],
  seed: number,
): { calibrationError: number | null; calibrationBand: [number, number] } {
  return {
    calibrationError: outcomes.length === 0 ? null : expectedCalibrationError({ probabilities, outcomes }),
    calibrationBand: calibratedBand(probabilities, { random: streamFor(seed, "evaluation", 7) }),
  };
}

/** The mean of a figure of examples, with an interval by prompt; null without examples. */
export function meanOver<E extends Pick<CompletionExample, "group">>(
  examples: readonly E[],
  figure: (example: E, place: number) => number,
  seed: number,
): Estimate | null {
  return meanByGroup(
    examples.map(figure),
    examples.map(({ group }) => group),
    { random: streamFor(seed, "evaluation", 8) },
  );
}

const pick = (values: readonly number[], places: readonly number[]): number[] => places.map((i) => values[i]!);

function middleOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
