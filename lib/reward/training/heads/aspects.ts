import { div, mul, reduceMean, reduceSum, reshape, square } from "@/lib/graph/ops";
import { constant, type Tensor } from "@/lib/graph/tensor";
import { completionInputs, type Standard } from "../batches";
import type { RewardConfig } from "../config";
import type { TrainingData, TrainingPair } from "../data";
import type { HeadShape } from "../head";
import type { StrengthTargets } from "../targets";
import type { AspectExample, HeadExamples } from "./examples";
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
import { bothOf, bradleyTerryLoss, firstLessSecond } from "./pairs";
import { cellsOf } from "./ratings";

const name = "aspects";

export const aspectParameters = (shape: HeadShape, columns: number): Columns => columnParameters(name, shape, columns);

/** What rewards on an aspect are divided by, so that sigma(r_1 - r_2) is a calibrated probability. */
export type AspectTemperatures = { withoutSides: number; withSides: number };

/** What a trained file says of aspects: the members' mean rewards [n, A], of the text alone and with length and format. */
export function aspectOutputs(
  shape: HeadShape,
  temperatures: readonly AspectTemperatures[],
): (hidden: Tensor, s: Tensor) => Record<string, Tensor> {
  const parameters = aspectParameters(shape, temperatures.length);
  return (hidden, s) => {
    const rewards = columnsOf(parameters, hidden, s);
    const calibrated = (kind: keyof AspectTemperatures): Tensor =>
      div(
        reduceMean(rewards[kind], { axes: [0] }),
        constant(
          temperatures.map((each) => each[kind]),
          [temperatures.length],
        ),
      );
    return {
      [outputNames.aspects.withoutSides]: calibrated("withoutSides"),
      [outputNames.aspects.withSides]: calibrated("withSides"),
    };
  };
}

/** A reward for each aspect of the comparisons other than the overall one: Bradley-Terry, ties being p = 1/2. */
export function aspectsHead(given: {
  data: TrainingData;
  aspects: HeadExamples["aspects"];
  standard: Standard;
  shape: HeadShape;
  config: RewardConfig;
  targetOf: StrengthTargets;
}): Head {
  const { data, aspects, standard, shape, config, targetOf } = given;
  const { members, width, sides } = shape;
  const columns = aspects.columns.length;
  const parameters = aspectParameters(shape, columns);
  const rowsOf = (split: TrainingPair["split"]): Rows => {
    const rows = byPair(aspects.examples.filter((example) => example.split === split));
    return {
      groups: rows.map(([first]) => first!.group),
      batch(places) {
        const chosen = Array.from(places, (place) => rows[place]!);
        const { x, s } = completionInputs(data, standard, bothOf(chosen.map(([first]) => first!)));
        const targets = chosen.map((row) =>
          cellsOf(
            row.map(({ column, strength }) => ({ column, weight: targetOf(strength) })),
            columns,
          ),
        );
        return {
          ...{
            [nameIn(name, "x")]: x,
            [nameIn(name, "s")]: s,
            [nameIn(name, "target")]: rowsTensor(targets, [columns]),
          },
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
    completionsInRow: 2,
    trained: trainedColumns(parameters, config.weightDecay),
    start: () => zerosOf(Object.values(parameters)),
    loss(trunk) {
      const hidden = trunk(inputIn(name, "x", ["completions", width]));
      const all = columnsOf(parameters, hidden, inputIn(name, "s", ["completions", sides])).withSides;
      const halves = reshape(all, [members, 2, nameIn(name, "rows"), columns]);
      const target = inputIn(name, "target", ["rows", columns]);
      const cells = inputIn(name, "cells", ["rows", columns]);
      const centre = reduceMean(square(reduceSum(halves, { axes: [1] })), { axes: [1, 2] });
      return {
        ...overCells(
          bradleyTerryLoss(firstLessSecond(halves), target),
          cells,
          inputIn(name, "weight", [members, "rows"]),
        ),
        regularisation: mul(centre, config.centring),
      };
    },
    train: rowsOf("train"),
    validation: rowsOf("validation"),
  };
}

/** Comparisons by pair and group, so that each is read once for all aspects. */
function byPair(examples: readonly AspectExample[]): AspectExample[][] {
  const rows = new Map<string, AspectExample[]>();
  for (const example of examples) {
    const key = `${example.group}:${example.first}:${example.second}`;
    const row = rows.get(key);
    // Two questions may ask for the same aspect of the same pair: the second is another row.
    if (row?.every(({ column }) => column !== example.column)) row.push(example);
    else rows.set(row ? `${key}:${example.column}` : key, [example]);
  }
  return [...rows.values()];
}
