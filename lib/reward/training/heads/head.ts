import { add, div, matMul, max, mul, reduceSum, sign, unsqueeze } from "@/lib/graph/ops";
import { memberParameter } from "@/lib/graph/ensemble";
import { elementCount, input, type HostTensor, type Parameter, type Tensor } from "@/lib/graph/tensor";
import type { Trained } from "@/lib/graph/training-step";
import type { HeadShape } from "../head";

/** The heads, in the order in which their labels are drawn. A name is the prefix of a head's parameters and inputs. */
export const headNames = ["pairs", "rankings", "ratings", "binary", "aspects"] as const;
export type HeadName = (typeof headNames)[number];

/** The hidden units of K members [K, n, h] for completions' features [n, D], on which all heads stand. */
export type Trunk = (features: Tensor) => Tensor;

/** A head's loss on a batch, for every member: summed over what is in the batch, and how much that is. */
export type HeadLoss = {
  /** [K] */
  sum: Tensor;
  /** [1], labels; 0 where the batch holds none. */
  count: Tensor;
  /** [1], their own weights summed. */
  mass: Tensor;
  /** [K], what keeps rewards in place: minimised beside the mean loss, but no part of the validation loss. */
  regularisation?: Tensor;
};

/** Labels of one part of the data, in rows that are drawn one by one. */
export type Rows = {
  /** The prompt group of each row. */
  groups: readonly number[];
  /** The head's inputs for the rows at these places, all but how often each member's bootstrap drew them. */
  batch: (places: Uint32Array) => Record<string, HostTensor>;
};

/**
 * What learns from one type of label, beside others on the same trunk. A new type is a file that makes one of these, a
 * name in `headNames` and a line in `heads.ts`. Its loss takes its inputs by `inputIn`: `weight` [K, n], how often each
 * member drew each row, `cells`, the labels' own weights (0 where a row has none), and what it likes.
 */
export type Head = {
  name: HeadName;
  /** How many completions a row is about. */
  completionsInRow: number;
  /** Parameters beside those of the trunk and of the overall reward. */
  trained: readonly Trained[];
  start: () => Record<string, HostTensor>;
  loss: (trunk: Trunk) => HeadLoss;
  train: Rows;
  validation: Rows;
};

export const nameIn = (head: HeadName, part: string): string => `${head}_${part}`;

/** A head's input; its first named length is its own. */
export function inputIn(head: HeadName, part: string, shape: readonly (number | string)[]): Tensor {
  return input(
    nameIn(head, part),
    shape.map((dim) => (typeof dim === "string" ? nameIn(head, dim) : dim)),
  );
}

/** [K] = sum / count, 0 where the batch holds nothing. */
export const meanLoss = ({ sum, count }: HeadLoss): Tensor => div(sum, max(count, 1));

/** Losses [K, n, C] summed with the cells' own weights [n, C] and the draws [K, n]. */
export function overCells(losses: Tensor, cells: Tensor, weight: Tensor): HeadLoss {
  const sum = reduceSum(mul(mul(losses, cells), unsqueeze(weight, [2])), { axes: [1, 2] });
  const total = (of: Tensor): Tensor => reduceSum(reduceSum(of, { axes: [0], keepDims: true }), { axes: [1] });
  return { sum, count: total(sign(cells)), mass: total(cells) };
}

/** C numbers a completion from the hidden units, with a nuisance branch that takes what length and format explain. */
export type Columns = { w: Parameter; b: Parameter; ws: Parameter };

export function columnParameters(head: HeadName, { members, hidden, sides }: HeadShape, columns: number): Columns {
  return {
    w: memberParameter(nameIn(head, "w"), members, [hidden, columns]),
    b: memberParameter(nameIn(head, "b"), members, [1, columns]),
    ws: memberParameter(nameIn(head, "ws"), members, [sides, columns]),
  };
}

export const trainedColumns = ({ w, b, ws }: Columns, weightDecay: number): Trained[] => [
  { parameter: w, weightDecay },
  { parameter: b, weightDecay: 0 },
  { parameter: ws, weightDecay },
];

/** [K, n, C] of the text alone, and with length and format. */
export function columnsOf(
  { w, b, ws }: Columns,
  hidden: Tensor,
  s: Tensor,
): { withoutSides: Tensor; withSides: Tensor } {
  const text = add(matMul(hidden, w), b);
  return { withoutSides: text, withSides: add(text, matMul(s, ws)) };
}

/** Parameters that start at zero. */
export function zerosOf(parameters: readonly Parameter[]): Record<string, HostTensor> {
  return Object.fromEntries(
    parameters.map(({ name, shape }) => {
      const lengths = shape as readonly number[];
      return [name, { dtype: "float32", shape: lengths, data: new Float32Array(elementCount(lengths)) }];
    }),
  );
}

/** One row of numbers for every member alike. */
export function alike({ name, shape }: Parameter, row: readonly number[]): Record<string, HostTensor> {
  const lengths = shape as readonly number[];
  const data = Float32Array.from({ length: elementCount(lengths) }, (_, i) => row[i % row.length]!);
  return { [name]: { dtype: "float32", shape: lengths, data } };
}

/** Numbers of rows as a tensor: [n, ...]. */
export function rowsTensor(rows: readonly ArrayLike<number>[], shape: readonly number[]): HostTensor {
  const data = new Float32Array(elementCount([rows.length, ...shape]));
  rows.forEach((row, i) => data.set(row as ArrayLike<number>, i * row.length));
  return { dtype: "float32", shape: [rows.length, ...shape], data };
}
