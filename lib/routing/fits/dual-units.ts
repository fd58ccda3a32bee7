import { groupsOf } from "@/lib/judges/report/by-group";
import { statementsOf, joinAnswers, type Value } from "@/lib/judges/report/unit";
import { votersOf } from "@/lib/labels/votes";
import { plurality } from "@/lib/stats/plurality";
import type { LearnsFrom } from "@/lib/reward/heads/schema";

/** A current label of a person or an AI, as far as routing learns of it. */
export type DualLabel = {
  question: string;
  type: LearnsFrom;
  aspect: string;
  source: "human" | "lm";
  annotator: string;
  payload: unknown;
  confidence: number | null;
  outcome: string | null;
  costMicros: number | null;
};

/** What one AI annotator said of a unit, and how sure it was: 0 where it contradicts itself, null where it did not say. */
export type Said = { annotator: string; label: number; confidence: number | null; costMicros: number | null };

/** Something that people and AI have labelled: a pair of completions ("0-1"), or one of them where no pair is compared. */
export type DualUnit = { target: string; people: number[]; ai: Said[] };

/**
 * What people and AI both say about an instance, as numbers that are equal where the answers are: of a pair 1 the first,
 * 0 the second, 0.5 a tie; of a rating the number; of words those of `codes`, which grow with each new one.
 */
export function dualUnits(labels: readonly DualLabel[], codes: Map<string, number>): DualUnit[] {
  const units = new Map<string, DualUnit>();
  for (const own of votersOf(labels)) {
    const byTarget = groupsOf(
      own.flatMap((label) => statementsOf(label).map((statement) => ({ ...statement, label }))),
      ({ target }) => target,
    );
    for (const [target, said] of byTarget) {
      const { type, source, annotator } = own[0]!;
      const value = joinAnswers(
        said.map((each) => each.value),
        type,
      );
      if (value === null) continue;
      const label = codeOf(value, type, codes);
      const unit = units.get(target) ?? { target, people: [], ai: [] };
      units.set(target, unit);
      if (source === "human") unit.people.push(label);
      else unit.ai.push({ annotator, label, ...surenessOf(said.map((each) => each.label)) });
    }
  }
  return [...units.values()].filter(({ people, ai }) => people.length > 0 && ai.length > 0);
}

/**
 * What the AI annotators of a unit come to: what most say, a draw being a tie of a pair, else the answer of the first. It is
 * as sure as they are on average, those that say otherwise being sure of the opposite.
 */
export function joinAi(ai: readonly Said[], isPair: boolean): Omit<Said, "annotator"> {
  const most = plurality(ai.map(({ label }) => ({ value: label, weight: 1 })))!.answer;
  const label = most ?? (isPair ? 0.5 : ai[0]!.label);
  const sure = ai.flatMap((one) =>
    one.confidence === null ? [] : one.label === label ? one.confidence : 1 - one.confidence,
  );
  const costs = ai.flatMap(({ costMicros }) => costMicros ?? []);
  return {
    label,
    confidence: sure.length > 0 ? sum(sure) / sure.length : null,
    costMicros: costs.length > 0 ? sum(costs) : null,
  };
}

function codeOf(value: Value, type: LearnsFrom, codes: Map<string, number>): number {
  if (typeof value === "number") return value;
  const word = String(value);
  if (type === "comparison" || type === "ranking") return word === "tie" ? 0.5 : 1 - Number(word);
  const known = codes.get(word) ?? codes.size;
  codes.set(word, known);
  return known;
}

function surenessOf(labels: readonly DualLabel[]): Pick<Said, "confidence" | "costMicros"> {
  const sure = labels.flatMap(({ confidence, outcome }) => (outcome === "inconsistent" ? 0 : (confidence ?? [])));
  const costs = labels.flatMap(({ costMicros }) => costMicros ?? []);
  return {
    confidence: sure.length > 0 ? sum(sure) / sure.length : null,
    costMicros: costs.length > 0 ? sum(costs) : null,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
