import { votersOf, votesOf } from "@/lib/labels/votes";
import type { TrainingPair } from "../training/data";
import type { PairOrigin } from "../training-data";
import type { StoredSuspect } from "./stored-suspect";
import type { Judged } from "./wrong-labels";

/** How many are kept of each kind. */
export const mostSuspects = { suspicious: 200, hardest: 100 } as const;

/**
 * The labels that are most probably wrong, the surest first, and the hardest: those on which the votes are most even.
 * A label is suspicious only where the votes are against it.
 */
export function findSuspects(given: {
  pairs: readonly TrainingPair[];
  origins: readonly PairOrigin[];
  judged: readonly (Judged | null)[];
}): StoredSuspect[] {
  const { pairs, origins, judged } = given;
  const places = judged.flatMap((vote, i) => (vote ? [i] : []));
  const suspicious = places
    .filter((i) => judged[i]!.mu < 0)
    .sort((i, j) => judged[j]!.wrong - judged[i]!.wrong || judged[i]!.mu - judged[j]!.mu || i - j);
  const hardest = places.toSorted((i, j) => Math.abs(judged[i]!.mu) - Math.abs(judged[j]!.mu) || i - j);
  const stored =
    (kind: StoredSuspect["kind"]) =>
    (i: number, rank: number): StoredSuspect => {
      const answer = pairs[i]!.strength > 0 ? 0 : 1;
      const { instanceId, question, target, labels } = origins[i]!;
      const annotators = votersOf(labels).flatMap((own) =>
        votesOf(own)[0]!.answer === answer ? [own.at(-1)!.annotator] : [],
      );
      return { kind, rank, instanceId, question, target, answer, ...judged[i]!, annotators };
    };
  return [
    ...suspicious.slice(0, mostSuspects.suspicious).map(stored("suspicious")),
    ...hardest.slice(0, mostSuspects.hardest).map(stored("hardest")),
  ];
}
