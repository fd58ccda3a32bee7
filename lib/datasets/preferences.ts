import { comparisonPayload, signedStrength, type Preferred } from "@/lib/labels/schema";
import { majority } from "@/lib/stats/majority";
import type { PreferenceRows } from "./schema";
import type { SnapshotCompletion, SnapshotInstance, SnapshotLabel } from "./snapshot-reader";

/** Why a comparison is no row of a preference file. */
export type LeftOut = "ties" | "bothBad" | "draws" | "withoutText";

export type Preference = {
  question: string;
  pair: [number, number];
  chosen: SnapshotCompletion & { text: string };
  rejected: SnapshotCompletion & { text: string };
  /** What it was computed from, in the order of their key. */
  labels: SnapshotLabel[];
  /** Share of the labels that name the chosen completion. */
  confidence: number;
  /** Mean strength of the labels towards the chosen completion, in [-1, 1]. */
  strength: number;
};

export type PreferenceOutcome = { kind: "preference"; preference: Preference } | { kind: "left-out"; reason: LeftOut };

type Comparison = {
  label: SnapshotLabel;
  pair: [number, number];
  preferred: Preferred;
  bothBad: boolean;
  strength: number;
};

/**
 * What the comparisons of one instance on one aspect come to: with `rows: "consensus"` one outcome for each pair that
 * was compared, decided by the majority of its labels from all sources of the snapshot; with "labels" one for each label.
 */
export function preferencesOf(
  instance: SnapshotInstance,
  { rows, aspect }: { rows: PreferenceRows; aspect: string },
): PreferenceOutcome[] {
  const comparisons = instance.labels
    .filter((label) => label.type === "comparison" && label.aspect === aspect)
    .map(asComparison);
  const groups = rows === "labels" ? comparisons.map((comparison) => [comparison]) : groupByPair(comparisons);
  return groups.map((group) => decide(instance, group));
}

/** The aspects that an instance's labels compare. */
export function comparedAspects(instance: SnapshotInstance): Set<string> {
  return new Set(instance.labels.filter(({ type }) => type === "comparison").map(({ aspect }) => aspect));
}

function asComparison(label: SnapshotLabel): Comparison {
  const payload = comparisonPayload.parse(label.payload);
  return {
    label,
    pair: payload.pair,
    preferred: payload.preferred,
    bothBad: payload.bothBad,
    strength: signedStrength(payload),
  };
}

function groupByPair(comparisons: Comparison[]): Comparison[][] {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    const key = JSON.stringify([comparison.label.question, comparison.label.target]);
    groups.set(key, [...(groups.get(key) ?? []), comparison]);
  }
  return [...groups.values()];
}

function decide(instance: SnapshotInstance, group: Comparison[]): PreferenceOutcome {
  const { answer, isDraw, confidence } = majority(group.map(({ preferred }) => preferred))!;
  if (isDraw) return leftOut("draws");
  if (answer === "tie") {
    const bad = group.filter(({ bothBad }) => bothBad);
    return leftOut(2 * bad.length > group.length ? "bothBad" : "ties");
  }
  const { pair, label } = group[0]!;
  const chosen = completionAt(instance, pair[answer]);
  const rejected = completionAt(instance, pair[answer === 0 ? 1 : 0]);
  if (!hasText(chosen) || !hasText(rejected)) return leftOut("withoutText");
  const towardsFirst = group.reduce((sum, { strength }) => sum + strength, 0) / group.length;
  const strength = answer === 0 ? towardsFirst : -towardsFirst;
  return {
    kind: "preference",
    preference: {
      question: label.question,
      pair,
      chosen,
      rejected,
      labels: group.map((one) => one.label),
      confidence,
      strength,
    },
  };
}

function leftOut(reason: LeftOut): PreferenceOutcome {
  return { kind: "left-out", reason };
}

function completionAt(instance: SnapshotInstance, index: number): SnapshotCompletion {
  const completion = instance.completions.find((one) => one.index === index);
  if (!completion)
    throw new Error(`A label of instance ${instance.id} is about completion ${index}, which does not exist.`);
  return completion;
}

function hasText(completion: SnapshotCompletion): completion is SnapshotCompletion & { text: string } {
  return completion.text !== null;
}
