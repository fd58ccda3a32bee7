import { add, mul, neg, reduceMean, sigmoid, softplus } from "@/lib/graph/ops";
import { constant, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { completionInputs, type Standard } from "../batches";
import type { RewardConfig } from "../config";
import type { TrainingData } from "../data";
import type { HeadShape } from "../head";
import { byCompletion, meanVote, type CompletionExample, type HeadExamples } from "./examples";
import {
  columnParameters,
  columnsOf,
  inputIn,
  nameIn,
  overCells,
  rowsTensor,
  trainedColumns,
  zerosOf,
  type Columns,
  type Head,
  type Rows,
} from "./head";
import { outputNames } from "./output-names";
import { cellsOf } from "./ratings";

const name = "binary";

/** Labels of each class in the training part, of one column. Neither is 0, so that both can be weighed. */
export type ClassCounts = { yes: number; no: number };

export function classCounts(train: readonly CompletionExample[], column: number): ClassCounts {
  const shares = train.filter((example) => example.column === column).map(meanVote);
  const yes = shares.reduce((sum, share) => sum + share, 0);
  return { yes: yes + 0.5, no: shares.length - yes + 0.5 };
}

/** n / (2 n_c) for each class, by which both weigh the same in all. */
export function classWeights({ yes, no }: ClassCounts): ClassCounts {
  return { yes: (yes + no) / (2 * yes), no: (yes + no) / (2 * no) };
}

/**
 * What to take off a logit that was trained where a share `trained` was positive, so that it is right where `actual` is
 * (King & Zeng, "Logistic regression in rare events data"): logit(trained) - logit(actual).
 */
export function interceptShift(actual: number, trained: number): number {
  const logit = (share: number): number => Math.log(share / (1 - share));
  return logit(trained) - logit(actual);
}

/** -y log sigma(z) - n log sigma(-z), for yes and no with their weights y and n. */
export const weightedLogLoss = (z: Tensor, yes: Tensor, no: Tensor): Tensor =>
  add(mul(yes, softplus(neg(z))), mul(no, softplus(z)));

export const binaryParameters = (shape: HeadShape, columns: number): Columns => columnParameters(name, shape, columns);

/** How the members' mean logit of a column becomes a probability: sigma(scale z + shift). */
export type BinaryCalibration = { scale: number; shift: number };

/** What a trained file says of answers by yes or no: the probability of yes for each column [n, C]. */
export function binaryOutputs(
  shape: HeadShape,
  calibration: readonly BinaryCalibration[],
): (hidden: Tensor, s: Tensor) => Record<string, Tensor> {
  const parameters = binaryParameters(shape, calibration.length);
  const row = (of: (each: BinaryCalibration) => number): Tensor => constant(calibration.map(of), [calibration.length]);
  return (hidden, s) => {
    const logits = reduceMean(columnsOf(parameters, hidden, s).withSides, { axes: [0] });
    const calibrated = add(
      mul(
        logits,
        row(({ scale }) => scale),
      ),
      row(({ shift }) => shift),
    );
    return { [outputNames.binary]: sigmoid(calibrated) };
  };
}

/** Answers by yes or no, by question; classes weigh the same however rare one is. */
export function binaryHead(given: {
  data: TrainingData;
  binary: HeadExamples["binary"];
  standard: Standard;
  shape: HeadShape;
  config: RewardConfig;
}): Head {
  const { data, binary, standard, shape, config } = given;
  const { members, width, sides } = shape;
  const columns = binary.columns.length;
  const parameters = binaryParameters(shape, columns);
  const inTraining = binary.examples.filter(({ split }) => split === "train");
  const weights = binary.columns.map((_, column) => classWeights(classCounts(inTraining, column)));
  const rowsOf = (split: CompletionExample["split"]): Rows => {
    const rows = byCompletion(binary.examples.filter((example) => example.split === split));
    return {
      groups: rows.map(([first]) => first!.group),
      batch(places) {
        const chosen = Array.from(places, (place) => rows[place]!);
        const { x, s } = completionInputs(
          data,
          standard,
          Uint32Array.from(chosen, ([first]) => first!.completion),
        );
        const of = (weigh: (share: number, column: number) => number): HostTensor =>
          rowsTensor(
            chosen.map((row) =>
              cellsOf(
                row.map((example) => ({ ...example, weight: weigh(meanVote(example), example.column) })),
                columns,
              ),
            ),
            [columns],
          );
        return {
          ...{ [nameIn(name, "x")]: x, [nameIn(name, "s")]: s },
          [nameIn(name, "yes")]: of((share, column) => share * weights[column]!.yes),
          [nameIn(name, "no")]: of((share, column) => (1 - share) * weights[column]!.no),
          [nameIn(name, "cells")]: rowsTensor(
            chosen.map((row) => cellsOf(row, columns)),
            [columns],
          ),
        };
      },
    };
  };
  return {
    name,
    completionsInRow: 1,
    trained: trainedColumns(parameters, config.weightDecay),
    start: () => zerosOf(Object.values(parameters)),
    loss(trunk) {
      const hidden = trunk(inputIn(name, "x", ["rows", width]));
      const z = columnsOf(parameters, hidden, inputIn(name, "s", ["rows", sides])).withSides;
      const [yes, no, cells] = ["yes", "no", "cells"].map((part) => inputIn(name, part, ["rows", columns]));
      return overCells(weightedLogLoss(z, yes!, no!), cells!, inputIn(name, "weight", [members, "rows"]));
    },
    train: rowsOf("train"),
    validation: rowsOf("validation"),
  };
}
