import { fitPower, fitScale, fitTemperature } from "@/lib/stats/calibration";
import { outcomeOf } from "../data";
import { classCounts, interceptShift } from "./binary";
import { answeredOf, meanVote, ofColumn } from "./examples";
import type { UsableExamples } from "./heads";
import { outputNames } from "./output-names";
import type { HeadCalibration } from "./part";
import { sharesOf } from "./ratings";

/** What the file says of a completion under the name of an output. */
export type OutputOf = (name: string, completion: number) => ArrayLike<number>;

/**
 * How the outputs of a file that is not calibrated become probabilities, by the validation labels. Answers by yes or no
 * were learned with as many of each, so that their logit is first shifted back to the rate of the training labels.
 */
export function calibrateHeads(usable: UsableExamples, outputOf: OutputOf): Omit<HeadCalibration, "gate"> {
  const { ratings, binary, aspects } = usable;
  return {
    ratings: ratings.scales.map((scale, column) => {
      const examples = ofColumn(ratings.examples, column, "validation");
      return fitPower(
        examples.map(({ completion }) => outputOf(outputNames.rating(column), completion)),
        examples.map((example) => sharesOf(example, scale)),
      );
    }),
    binary: binary.columns.map((_, column) => {
      const shift = -interceptShift(rateOf(usable, column), 0.5);
      const examples = answeredOf(binary.examples, column, "validation");
      const scale = fitScale({
        logits: examples.map(({ completion }) => logitOf(outputOf(outputNames.binary, completion)[column]!)),
        outcomes: examples.map(meanVote),
        offset: shift,
      });
      return { scale, shift };
    }),
    aspects: aspects.columns.map((_, column) => {
      const pairs = ofColumn(aspects.examples, column, "validation");
      const temperature = (output: string): number =>
        fitTemperature(
          pairs.map(({ first, second }) => outputOf(output, first)[column]! - outputOf(output, second)[column]!),
          pairs.map(outcomeOf),
        );
      return {
        withoutSides: temperature(outputNames.aspects.withoutSides),
        withSides: temperature(outputNames.aspects.withSides),
      };
    }),
  };
}

/** The share of yes among the training labels of a column. */
export function rateOf({ binary }: UsableExamples, column: number): number {
  const { yes, no } = classCounts(answeredOf(binary.examples, column, "train"), column);
  return yes / (yes + no);
}

const logitOf = (p: number): number => Math.log(Math.max(p, 1e-7) / Math.max(1 - p, 1e-7));
