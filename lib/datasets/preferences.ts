import { comparisonPayload, signedStrength, type ComparisonPayload, type Preferred } from "@/lib/labels/schema";
import { votesOf } from "@/lib/labels/votes";
import { decideVotes } from "@/lib/stats/majority";
import type { PreferenceRows } from "./schema";
import type { SnapshotCompletion, SnapshotInstance, SnapshotLabel } from "./snapshot-reader";

/** Why a comparison is no row of a preference file. */
export type LeftOut = "ties" | "bothBad" | "cannotTell" | "draws" | "withoutText";

export type Preference = {
  question: string;
  pair: [number, number];
  chosen: SnapshotCompletion & { text: string };
  rejected: SnapshotCompletion & { text: string };
  /** What it was computed from, in the order of their key. */
  labels: SnapshotLabel[];
  /** Share of the weight of the votes that is on the chosen completion. */
  confidence: number;
  /** Weighted mean strength of the votes towards the chosen completion, in [-1, 1]. */
  strength: number;
};

export type PreferenceOutcome = { kind: "preference"; preference: Preference } | { kind: "left-out"; reason: LeftOut };

type Comparison = { label: SnapshotLabel; payload: ComparisonPayload };

/** One say in what a pair comes to. */
type WeighedVote = { answer: Preferred; bothBad: boolean; strength: number; weight: number };

type Asked = {
  rows: PreferenceRows;
  aspect: string;
  /** What the vote of an AI counts where a person's counts 1, as the snapshot has it. */
  lmWeight: number | undefined;
};

/**
 * What the comparisons of one instance on one aspect come to: with `rows: "consensus"` one outcome for each pair that
 * was compared, decided by the votes of all sources of the snapshot; with "labels" one for each label.
 *
 * Votes are those of a consensus (lib/labels/consensus): one for each annotator, of a judge's versions the latest, AI
 * with its weight; who cannot tell has none. Snapshots made before AI had a weight have none: there every label is a vote, and all count alike.
 */
export function preferencesOf(instance: SnapshotInstance, { rows, aspect, lmWeight }: Asked): PreferenceOutcome[] {
  const comparisons = instance.labels
    .filter((label) => label.type === "comparison" && label.aspect === aspect)
    .map((label) => ({ label, payload: comparisonPayload.parse(label.payload) }));
  if (rows === "labels")
    return comparisons.flatMap((comparison) =>
      comparison.payload.cannotTell ? [leftOut("cannotTell")] : decide(instance, [comparison], [voteOf(comparison)]),
    );
  return groupByPair(comparisons).flatMap((compared) => {
    const group = compared.filter(({ payload }) => !payload.cannotTell);
    if (group.length === 0) return [leftOut("cannotTell")];
    if (lmWeight === undefined) return decide(instance, group, group.map(voteOf));
    const { votes, behind } = weigh(group, lmWeight);
    return decide(instance, behind, votes);
  });
}

/** The aspects that an instance's labels compare. */
export function comparedAspects(instance: SnapshotInstance): Set<string> {
  return new Set(instance.labels.filter(({ type }) => type === "comparison").map(({ aspect }) => aspect));
}

function voteOf({ payload }: Comparison): WeighedVote {
  const { preferred, bothBad } = payload;
  return { answer: preferred, bothBad, strength: signedStrength(payload), weight: 1 };
}

/** The votes that count, and the comparisons they are made of. */
function weigh(group: Comparison[], lmWeight: number): { votes: WeighedVote[]; behind: Comparison[] } {
  const votes = votesOf(
    group.map(({ label: { id, source, annotator }, payload }) => ({ id, source, annotator, payload })),
  )
    .map((vote) => ({ ...vote, weight: vote.source === "lm" ? lmWeight : 1 }))
    .filter(({ weight }) => weight > 0);
  const ids = new Set(votes.flatMap(({ labelIds }) => labelIds));
  return { votes, behind: group.filter(({ label }) => ids.has(label.id)) };
}

function groupByPair(comparisons: Comparison[]): Comparison[][] {
  const groups = new Map<string, Comparison[]>();
  for (const comparison of comparisons) {
    const key = JSON.stringify([comparison.label.question, comparison.label.target]);
    groups.set(key, [...(groups.get(key) ?? []), comparison]);
  }
  return [...groups.values()];
}

/** What votes come to; nothing where none of them counts. */
function decide(instance: SnapshotInstance, group: Comparison[], votes: WeighedVote[]): PreferenceOutcome[] {
  const sum = (value: (vote: WeighedVote) => number) => votes.reduce((total, vote) => total + value(vote), 0);
  const weightOf = (answer: Preferred) => sum((vote) => (vote.answer === answer ? vote.weight : 0));
  const decision = decideVotes({ "0": weightOf(0), "1": weightOf(1), tie: weightOf("tie") });
  if (!decision) return [];
  const { answer, isDraw, confidence } = decision;
  const total = sum(({ weight }) => weight);
  if (isDraw) return [leftOut("draws")];
  if (answer === "tie")
    return [leftOut(2 * sum(({ bothBad, weight }) => (bothBad ? weight : 0)) > total ? "bothBad" : "ties")];
  const {
    label,
    payload: { pair },
  } = group[0]!;
  const chosen = completionAt(instance, pair[answer]);
  const rejected = completionAt(instance, pair[answer === 0 ? 1 : 0]);
  if (!hasText(chosen) || !hasText(rejected)) return [leftOut("withoutText")];
  const towardsFirst = sum(({ strength, weight }) => weight * strength) / total;
  const preference = {
    ...{ question: label.question, pair, chosen, rejected, confidence },
    labels: group.map((one) => one.label),
    strength: answer === 0 ? towardsFirst : -towardsFirst,
  };
  return [{ kind: "preference", preference }];
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
