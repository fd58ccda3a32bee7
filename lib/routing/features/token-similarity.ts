import { LRUCache } from "lru-cache";
import { encodeHashed } from "@/lib/encoders/hashed";
import type { SparseVector } from "@/lib/encoders/sparse";
import { f1 } from "./overlap";

/** Few n-grams of a word share a feature at this width. */
const width = 2048;

const vectors = new LRUCache<string, SparseVector>({ max: 50_000 });

/** How often a word is in a text, and what it is like. */
type Word = { count: number; vector: SparseVector };

/**
 * BERTScore (Zhang et al. 2020) on vectors of single words: P is the mean over the words of the one text of the cosine with
 * the likest word of the other, R the same from the other, and the result their F1. The vectors are the built-in encoder's,
 * of a word's n-grams of characters: inflections are alike, synonyms are not. The states of a model's tokens would know them,
 * at the cost of running the model anew on all texts. 1 for two empty texts, 0 where one is empty.
 */
export function tokenSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const [words, others] = [wordsIn(a), wordsIn(b)];
  const postings = postingsOf(others);
  const bestOfOthers = new Float64Array(others.length);
  let precision = 0;
  const cosines = new Float64Array(others.length);
  for (const { count, vector } of words) {
    cosines.fill(0);
    vector.indices.forEach((feature, i) => {
      for (const [place, value] of postings.get(feature) ?? []) cosines[place]! += value * vector.values[i]!;
    });
    let best = 0;
    cosines.forEach((cosine, place) => {
      // Rounding of float32.
      const near = Math.min(1, cosine);
      if (near > best) best = near;
      if (near > bestOfOthers[place]!) bestOfOthers[place] = near;
    });
    precision += count * best;
  }
  const recall = others.reduce((sum, { count }, place) => sum + count * bestOfOthers[place]!, 0);
  return f1(precision / a.length, recall / b.length);
}

function wordsIn(text: readonly string[]): Word[] {
  const counts = new Map<string, number>();
  for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Array.from(counts, ([word, count]) => ({ count, vector: vectorOf(word) }));
}

function vectorOf(word: string): SparseVector {
  const known = vectors.get(word);
  if (known) return known;
  const vector = encodeHashed(word, width);
  vectors.set(word, vector);
  return vector;
}

/** For each feature the words that have it, with its value. */
function postingsOf(words: readonly Word[]): Map<number, [place: number, value: number][]> {
  const postings = new Map<number, [number, number][]>();
  words.forEach(({ vector: { indices, values } }, place) =>
    indices.forEach((feature, i) => {
      const of = postings.get(feature);
      if (of) of.push([place, values[i]!]);
      else postings.set(feature, [[place, values[i]!]]);
    }),
  );
  return postings;
}
