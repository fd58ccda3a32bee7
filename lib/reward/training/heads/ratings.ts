import { memberParameter } from "@/lib/graph/ensemble";
import {
  add,
  clip,
  concat,
  cumSum,
  exp,
  log,
  max,
  mul,
  neg,
  reduceMean,
  reduceSum,
  sigmoid,
  slice,
  softmax,
  softplus,
  sub,
  unsqueeze,
} from "@/lib/graph/ops";
import type { Parameter, Tensor } from "@/lib/graph/tensor";
import { completionInputs, type Standard } from "../batches";
import type { RewardConfig } from "../config";
import type { TrainingData } from "../data";
import type { HeadShape } from "../head";
import { byCompletion, type CompletionExample, type HeadExamples, type RatingColumn } from "./examples";
import { outputNames } from "./output-names";
import {
  alike,
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

const name = "ratings";

/** More values than this are put into as many bins. */
export const mostCategories = 10;

/** How much faster cut points learn than the weights: they are few, and start where the training labels have them. */
const cutLearningRateScale = 5;

/** A distance of neighbouring cuts, in probability at most, that float32 still has. */
const smallestGap = 1e-7;

/** A column with the categories that its head tells apart. */
export type RatingScale = RatingColumn & {
  /** A value lies in the first category whose bound is not below it; the last has none. */
  bounds: readonly number[];
  /** What each category stands for. */
  centres: readonly number[];
  /** Shares of the training labels, none of them 0. */
  shares: readonly number[];
};

/**
 * The categories of a column: its values, or, where these are too many, at most `mostCategories` bins that hold about as
 * many training labels each and stand for their mean. Null where the labels fill no more than one bin.
 */
export function ratingScale(column: RatingColumn, train: readonly CompletionExample[]): RatingScale | null {
  const given = train.flatMap(({ votes }) => votes.map(({ value }) => value)).sort((a, b) => a - b);
  const bounds = column.values?.slice(0, -1) ?? quantileBounds(given);
  if (bounds.length === 0) return null;
  const members = Array.from({ length: bounds.length + 1 }, (): number[] => []);
  for (const value of given) members[categoryOf(value, bounds)]!.push(value);
  const total = given.length + members.length / 2;
  return {
    ...column,
    bounds,
    centres: column.values ?? members.map(meanOf),
    // As if every category had been given half a time more, so that none is impossible.
    shares: members.map((values) => (values.length + 0.5) / total),
  };
}

/** Values up to which the bins of sorted values reach; none of them is empty. */
function quantileBounds(sorted: readonly number[]): number[] {
  const quantiles = Array.from(
    { length: mostCategories - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / mostCategories)]!,
  );
  return [...new Set(quantiles)].filter((bound) => bound < sorted.at(-1)!);
}

export function categoryOf(value: number, bounds: readonly number[]): number {
  const place = bounds.findIndex((bound) => value <= bound);
  return place === -1 ? bounds.length : place;
}

/** The shares of a completion's votes by category. */
export function sharesOf({ votes }: CompletionExample, { bounds }: Pick<RatingScale, "bounds">): Float32Array {
  const shares = new Float32Array(bounds.length + 1);
  for (const { value, share } of votes) shares[categoryOf(value, bounds)]! += share;
  return shares;
}

/** Cut points c_1 < c_2 < ... from free numbers: the first, and gaps softplus(g) between each and the next. [K, M - 1] */
export function cutPoints(free: Tensor): Tensor {
  const count = free.shape.at(-1) as number;
  if (count === 1) return free;
  const gaps = softplus(slice(free, -1, 1));
  return cumSum(concat([slice(free, -1, 0, 1), gaps], -1), -1);
}

/**
 * Cumulative logit (McCullagh, "Regression models for ordinal data", 1980): P(y <= j) = sigma(c_j - f) for f [K, n, 1]
 * and cut points c [K, 1, M - 1]. The loss of the shares t [n, M] of the categories, [K, n]; with
 * sigma(b) - sigma(a) = sigma(b) sigma(-a) (1 - e^(a - b)) it is finite however far f is from a cut:
 *
 *     sum_{j<M} t_j softplus(f - c_j) + sum_{j>1} t_j softplus(c_{j-1} - f) - sum_{1<j<M} t_j log(1 - e^(c_{j-1} - c_j))
 */
export function ordinalLoss(f: Tensor, cuts: Tensor, shares: Tensor): Tensor {
  const m = shares.shape.at(-1) as number;
  const [notLast, notFirst] = [slice(shares, -1, 0, m - 1), slice(shares, -1, 1)];
  const below = sub(f, cuts);
  const ends = add(mul(notLast, softplus(below)), mul(notFirst, softplus(neg(below))));
  const loss = reduceSum(ends, { axes: [2] });
  if (m === 2) return loss;
  const gaps = sub(slice(cuts, -1, 1), slice(cuts, -1, 0, m - 2));
  // Around a category that nobody gives the cuts close up, until float32 cannot tell them apart: 0 times log 0 is no number.
  const between = log(max(add(neg(exp(neg(gaps))), 1), smallestGap));
  return sub(loss, reduceSum(mul(slice(shares, -1, 1, m - 1), between), { axes: [2] }));
}

/** P(y = j) [K, n, M] by the same model. */
export function ordinalProbabilities(f: Tensor, cuts: Tensor): Tensor {
  const upTo = sigmoid(sub(cuts, f));
  const m = (upTo.shape.at(-1) as number) + 1;
  if (m === 2) return concat([upTo, add(neg(upTo), 1)], -1);
  return concat(
    [slice(upTo, -1, 0, 1), sub(slice(upTo, -1, 1), slice(upTo, -1, 0, m - 2)), add(neg(slice(upTo, -1, m - 2)), 1)],
    -1,
  );
}

export type RatingParameters = Columns & { cuts: readonly Parameter[] };

export function ratingParameters(shape: HeadShape, scales: readonly RatingScale[]): RatingParameters {
  return {
    ...columnParameters(name, shape, scales.length),
    cuts: scales.map(({ bounds }, i) => memberParameter(nameIn(name, `cuts_${i}`), shape.members, [1, bounds.length])),
  };
}

/** Probabilities of each column's categories, by every member: [K, n, M] each. */
export function ratingProbabilities(parameters: RatingParameters, hidden: Tensor, s: Tensor): Tensor[] {
  const f = columnsOf(parameters, hidden, s).withSides;
  return parameters.cuts.map((free, i) => ordinalProbabilities(slice(f, 2, i, i + 1), cutPoints(free)));
}

/**
 * What a trained file says of ratings: for each column the probabilities of its categories [n, M], the members' mean to
 * the power that validation asks for.
 */
export function ratingOutputs(
  shape: HeadShape,
  scales: readonly RatingScale[],
  powers: readonly number[],
): (hidden: Tensor, s: Tensor) => Record<string, Tensor> {
  const parameters = ratingParameters(shape, scales);
  return (hidden, s) =>
    Object.fromEntries(
      ratingProbabilities(parameters, hidden, s).map((probabilities, i) => {
        const mean = clip(reduceMean(probabilities, { axes: [0] }), 1e-12, 1);
        return [outputNames.rating(i), softmax(mul(log(mean), powers[i]!))];
      }),
    );
}

/** Ratings by question and aspect, as ordered categories. */
export function ratingsHead(given: {
  data: TrainingData;
  ratings: HeadExamples["ratings"] & { scales: readonly RatingScale[] };
  standard: Standard;
  shape: HeadShape;
  config: RewardConfig;
}): Head {
  const { data, ratings, standard, shape, config } = given;
  const { members, width, sides } = shape;
  const { scales } = ratings;
  const parameters = ratingParameters(shape, scales);
  const rowsOf = (split: CompletionExample["split"]): Rows => {
    const rows = byCompletion(ratings.examples.filter((example) => example.split === split));
    return {
      groups: rows.map(([first]) => first!.group),
      batch(places) {
        const chosen = Array.from(places, (place) => rows[place]!);
        const { x, s } = completionInputs(
          data,
          standard,
          Uint32Array.from(chosen, ([first]) => first!.completion),
        );
        const shares = scales.map((scale, column): [string, ReturnType<typeof rowsTensor>] => {
          const ofColumn = chosen.map((row) => row.find((example) => example.column === column));
          const values = ofColumn.map((found) =>
            found ? sharesOf(found, scale) : new Float32Array(scale.centres.length),
          );
          return [nameIn(name, `shares_${column}`), rowsTensor(values, [scale.centres.length])];
        });
        return {
          ...{ [nameIn(name, "x")]: x, [nameIn(name, "s")]: s, ...Object.fromEntries(shares) },
          [nameIn(name, "cells")]: rowsTensor(
            chosen.map((row) => cellsOf(row, scales.length)),
            [scales.length],
          ),
        };
      },
    };
  };
  return {
    name,
    completionsInRow: 1,
    trained: [
      ...trainedColumns(parameters, config.weightDecay),
      ...parameters.cuts.map((parameter) => ({
        ...{ parameter, weightDecay: 0, learningRateScale: cutLearningRateScale },
      })),
    ],
    start: () => ({
      ...zerosOf([parameters.w, parameters.b, parameters.ws]),
      ...Object.assign({}, ...parameters.cuts.map((cuts, i) => alike(cuts, freeCuts(scales[i]!.shares)))),
    }),
    loss(trunk) {
      const hidden = trunk(inputIn(name, "x", ["rows", width]));
      const f = columnsOf(parameters, hidden, inputIn(name, "s", ["rows", sides])).withSides;
      const losses = scales.map(({ centres }, i) =>
        unsqueeze(
          ordinalLoss(
            slice(f, 2, i, i + 1),
            cutPoints(parameters.cuts[i]!),
            inputIn(name, `shares_${i}`, ["rows", centres.length]),
          ),
          [2],
        ),
      );
      const cells = inputIn(name, "cells", ["rows", scales.length]);
      return overCells(concat(losses, 2), cells, inputIn(name, "weight", [members, "rows"]));
    },
    train: rowsOf("train"),
    validation: rowsOf("validation"),
  };
}

/** The own weights of a completion's labels by column, 0 where it has none. */
export function cellsOf(row: readonly { column: number; weight: number }[], columns: number): Float32Array {
  const cells = new Float32Array(columns);
  for (const { column, weight } of row) cells[column] = weight;
  return cells;
}

/** The free numbers of the cut points at which a head of zeros gives these shares. */
function freeCuts(shares: readonly number[]): number[] {
  let below = 0;
  const cuts = shares.slice(0, -1).map((share) => {
    below += share;
    return Math.log(below / (1 - below));
  });
  return cuts.map((cut, i) => (i === 0 ? cut : Math.log(Math.expm1(cut - cuts[i - 1]!))));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
