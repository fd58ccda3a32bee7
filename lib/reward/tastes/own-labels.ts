import { votersOf, votesOf } from "@/lib/labels/votes";
import type { LoadedData } from "../training-data";
import { linearTargets } from "../training/targets";
import type { OwnLabel } from "./responsibilities";

export type Annotator = { annotator: string; source: "human" | "lm" };

/**
 * Every annotator's own answers, never their consensus: one for each pair, however often they were asked, as in a vote.
 * Judges are annotators, their versions one.
 */
export function ownLabels({ origins }: Pick<LoadedData, "origins">): { annotators: Annotator[]; labels: OwnLabel[] } {
  const places = new Map<string, number>();
  const annotators: Annotator[] = [];
  const labels = origins.flatMap((origin, pair) => {
    const votes = votesOf(origin.labels);
    return votersOf(origin.labels).map(([first], i): OwnLabel => {
      const who = { annotator: withoutVersion(first!), source: first!.source };
      const key = `${who.source} ${who.annotator}`;
      if (!places.has(key)) places.set(key, annotators.push(who) - 1);
      return { annotator: places.get(key)!, pair, target: linearTargets(votes[i]!.strength) };
    });
  });
  return { annotators, labels };
}

const withoutVersion = ({ annotator, source }: Annotator): string =>
  source === "lm" ? annotator.replace(/^(judge:.+)@\d+$/, "$1") : annotator;
