import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { outcomeOf, type TrainingPair } from "@/lib/reward/training/data";
import { majority, type Vote } from "@/lib/stats/majority";
import { randomOrder } from "@/lib/reward/training/sampling";
import { seededRandom } from "@/lib/stats/random";

type Line = {
  prompt?: string;
  messages?: unknown[];
  completions: { text: string | null }[];
  labels: { kind: string; type: string; preferred?: Vote; pair?: [number, number] }[];
};

export type Pair = Omit<TrainingPair, "split">;

/**
 * The pairs of a file of the import format, plain or gzipped, and the texts of their completions. A pair's label is the
 * majority of its human comparisons, or of the machines' where no person compared any, and its strength the difference of
 * their shares; draws are ties.
 */
export function readPairs(path: string): { pairs: Pair[]; texts: string[]; labelledBy: "human" | "lm" } {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").trim();
  const lines = text.split("\n").map((line) => JSON.parse(line) as Line);
  const isByPeople = lines.some(({ labels }) =>
    labels.some(({ kind, type }) => kind === "human" && type === "comparison"),
  );
  const labelledBy = isByPeople ? "human" : "lm";
  const places = new Map<string, number>();
  const groups = new Map<string, number>();
  const pairs: Pair[] = [];
  for (const { prompt, messages, completions, labels } of lines) {
    const group = placeOf(groups, prompt ?? JSON.stringify(messages));
    const votes = new Map<string, Vote[]>();
    for (const { kind, type, preferred, pair = [0, 1] } of labels) {
      if (kind !== labelledBy || type !== "comparison" || preferred === undefined) continue;
      votes.set(pair.join(), [...(votes.get(pair.join()) ?? []), preferred]);
    }
    for (const [key, list] of votes) {
      const [first, second] = key.split(",").map((index) => completions[Number(index)]!.text);
      if (typeof first !== "string" || typeof second !== "string") continue;
      const ends = { first: placeOf(places, first), second: placeOf(places, second) };
      pairs.push({ ...ends, group, strength: strengthOf(list), weight: 1 });
    }
  }
  return { pairs, texts: [...places.keys()], labelledBy };
}

/** Three fifths of the prompts train, a fifth validates and a fifth tests, as a seed has it; pairs of a prompt stay together. */
export function splitByPrompt(pairs: readonly Pair[], seed: number): TrainingPair[] {
  const groups = [...new Set(pairs.map(({ group }) => group))];
  const order = randomOrder(groups.length, seededRandom(seed));
  const partOf = new Map(groups.map((group, i) => [group, order[i]! % 5]));
  return pairs.map((pair) => {
    const part = partOf.get(pair.group)!;
    return { ...pair, split: part === 0 ? "test" : part === 1 ? "validation" : "train" };
  });
}

function strengthOf(votes: readonly Vote[]): number {
  const { answer, counts } = majority(votes)!;
  return answer === "tie" ? 0 : (counts[0] - counts[1]) / votes.length;
}

function placeOf(places: Map<string, number>, key: string): number {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, places.size);
  return places.size - 1;
}

export const hardLabelOf = (pair: TrainingPair): number => (outcomeOf(pair) > 0.5 ? 1 : 0);
