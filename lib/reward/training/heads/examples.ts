import type { FeatureVector } from "@/lib/encoders/sparse";
import type { TrainingPair } from "../data";

type Example = Pick<TrainingPair, "group" | "split" | "weight">;

/** An order of completions by one person or judge: 1 is best, equal ranks are ties. */
export type RankingExample = Example & { completions: readonly number[]; ranks: readonly number[] };

/** What the votes say of one completion in one column of a head. */
export type CompletionExample = Example & {
  completion: number;
  /** Place of the column. */
  column: number;
  /** Each vote with its share of the weight; shares sum to 1. A rating, or 1 for yes and 0 for no. */
  votes: readonly { value: number; share: number }[];
  /** Concluded from an answer to another question: it teaches, and neither calibrates nor measures. */
  isDerived?: true;
};

/** A comparison on one aspect. */
export type AspectExample = TrainingPair & { column: number };

/** A rating question on one aspect. */
export type RatingColumn = {
  question: string;
  aspect: string;
  /** The values that can be given, the lowest first; named categories are 1, 2 and so on. Null where they are too many. */
  values: readonly number[] | null;
  /** The names of named categories; null for numbers. */
  names: readonly string[] | null;
};

/** A question to be answered by yes or no. */
export type BinaryColumn = { question: string; kind: string };

/** Labels of other types than the pairs of the overall reward, for heads of their own. */
export type HeadExamples = {
  rankings: readonly RankingExample[];
  ratings: { columns: readonly RatingColumn[]; examples: readonly CompletionExample[] };
  binary: { columns: readonly BinaryColumn[]; examples: readonly CompletionExample[] };
  aspects: { columns: readonly string[]; examples: readonly AspectExample[] };
  /** What the encoder makes of each group's prompt, for the gate between aspects; empty where there is none. */
  prompts: readonly FeatureVector[];
};

export const noExamples: HeadExamples = {
  rankings: [],
  ratings: { columns: [], examples: [] },
  binary: { columns: [], examples: [] },
  aspects: { columns: [], examples: [] },
  prompts: [],
};

/** With fewer labels a head, or a column of one, is left out. */
export const fewestExamples = { train: 20, validation: 4 } as const;

export function areEnough(examples: readonly Pick<Example, "split">[]): boolean {
  const count = (split: Example["split"]): number => examples.filter((example) => example.split === split).length;
  return count("train") >= fewestExamples.train && count("validation") >= fewestExamples.validation;
}

/** The examples of one column in one part. */
export function ofColumn<E extends { column: number; split: Example["split"] }>(
  examples: readonly E[],
  column: number,
  split: E["split"],
): E[] {
  return examples.filter((example) => example.column === column && example.split === split);
}

/** As `ofColumn`, without what was concluded from answers to other questions. */
export function answeredOf(
  examples: readonly CompletionExample[],
  column: number,
  split: CompletionExample["split"],
): CompletionExample[] {
  return ofColumn(examples, column, split).filter(({ isDerived }) => !isDerived);
}

/** Examples of completions by completion and group, so that each is read once for all columns. */
export function byCompletion(examples: readonly CompletionExample[]): CompletionExample[][] {
  const rows = new Map<string, CompletionExample[]>();
  for (const example of examples) {
    const key = `${example.group}:${example.completion}`;
    const row = rows.get(key);
    if (row) row.push(example);
    else rows.set(key, [example]);
  }
  return [...rows.values()];
}

export const meanVote = ({ votes }: CompletionExample): number =>
  votes.reduce((sum, { value, share }) => sum + value * share, 0);
