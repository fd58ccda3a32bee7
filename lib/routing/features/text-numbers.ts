import { sideFeatures } from "@/lib/encoders/side-features";
import type { FeatureVector } from "@/lib/encoders/sparse";
import { entitiesOf } from "./entities";
import { jaccard, rougeL, tokenF1 } from "./overlap";
import { meanOverPairs } from "./pairs";
import type { TextNumbers } from "./schema";
import { tokenSimilarity } from "./token-similarity";
import { wordsOf } from "./words";

/** Words of a text that are compared with those of another, as HyPER's encoders read 200 tokens. */
const comparedWords = 200;

/** Words of this many UTF-16 units and longer ones are read of; what stands behind has no words. */
const readUnits = 100_000;

/** The texts of an instance; a completion is null where its text is not known. */
export type InstanceTexts = { prompt: string; completions: readonly (string | null)[] };

type Completion = {
  length: number;
  words: string[];
  entities: Set<string>;
  /** Log counts of marks. */
  format: number[];
  vector: FeatureVector;
};

/**
 * The numbers of an instance's texts, by which routing tells it from others: how alike its completions are, as means over
 * all pairs of them, and how long the texts are (words). Completions without a text are left out; what needs two of them is
 * left out where there are fewer. `vectors` are the encoder's, of the completions that have a text.
 */
export function textNumbersOf({ prompt, completions }: InstanceTexts, vectors: readonly FeatureVector[]): TextNumbers {
  const read = completions.filter((text) => text !== null).map((text, i) => readCompletion(text, vectors[i]!));
  const numbers: TextNumbers = { prompt_length: wordsOf(prompt.slice(0, readUnits)).length };
  const over = (of: (a: Completion, b: Completion) => number): number | null =>
    meanOverPairs(read.length, (first, second) => of(read[first]!, read[second]!));
  if (read.length < 2) return numbers;
  return {
    ...numbers,
    entity_overlap: over((a, b) => jaccard(a.entities, b.entities))!,
    token_overlap: over((a, b) => tokenF1(a.words, b.words))!,
    token_similarity: over((a, b) => tokenSimilarity(a.words, b.words))!,
    cosine: over((a, b) => cosineOf(a.vector, b.vector))!,
    rouge_l: over((a, b) => rougeL(a.words, b.words))!,
    length_difference: over((a, b) => Math.abs(a.length - b.length))!,
    shorter_length: over((a, b) => Math.min(a.length, b.length))!,
    longer_length: over((a, b) => Math.max(a.length, b.length))!,
    format_difference: over((a, b) => formatDifference(a.format, b.format))!,
  };
}

function readCompletion(text: string, vector: FeatureVector): Completion {
  const start = text.slice(0, readUnits);
  const words = wordsOf(start);
  return {
    ...{ length: words.length, words: words.slice(0, comparedWords), vector },
    ...{ entities: entitiesOf(start), format: formatOf(start) },
  };
}

/** Log counts of list items, headers, bold passages, blocks of code, rows of tables and links in Markdown. */
function formatOf(text: string): number[] {
  const [, ...counted] = sideFeatures(text);
  const marks = [/^[ \t]*(?:```|~~~)/gm, /^[ \t]*\|.*\|[ \t]*$/gm, /\]\(\S+\)/g];
  return [...counted, ...marks.map((mark) => Math.log1p(text.match(mark)?.length ?? 0))];
}

/** 1 - sum min / sum max of the log counts (Ruzicka's distance): 0 for the same format or none, 1 where no mark is shared. */
function formatDifference(a: readonly number[], b: readonly number[]): number {
  const sum = (of: (x: number, y: number) => number): number => a.reduce((total, x, i) => total + of(x, b[i]!), 0);
  const most = sum(Math.max);
  return most === 0 ? 0 : 1 - sum(Math.min) / most;
}

/** The cosine of two vectors of length 1; 0 where one is zero. */
function cosineOf(a: FeatureVector, b: FeatureVector): number {
  if (a instanceof Float32Array && b instanceof Float32Array)
    return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  if (a instanceof Float32Array || b instanceof Float32Array) throw new Error("These vectors are of two encoders.");
  let [i, j, sum] = [0, 0, 0];
  while (i < a.indices.length && j < b.indices.length) {
    const [x, y] = [a.indices[i]!, b.indices[j]!];
    if (x === y) sum += a.values[i]! * b.values[j]!;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return sum;
}
