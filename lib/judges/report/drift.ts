import { fisherExact } from "@/lib/stats/fisher-exact";
import { driftAlarmRate, type DriftMeasure } from "./schema";

/** The newest fifth, but no fewer than this and no more than that. */
const window = { share: 0.2, least: 50, most: 500 };
/** Before that many there is nothing to drift from. */
const fewestEarlier = 100;

/** How many of so many answers are the latest; 0 while there are too few to compare. */
export function latestOf(answers: number): number {
  const latest = Math.max(window.least, Math.min(window.most, Math.floor(window.share * answers)));
  return answers - latest >= fewestEarlier ? latest : 0;
}

/**
 * The latest answers beside the earlier ones, by Fisher's exact test: where nothing has changed, a look at one measure
 * gives an alarm at most once in a thousand times, however rare what is counted. `flags` are in order of time.
 */
export function compareLatest(measure: DriftMeasure["measure"], flags: readonly boolean[]): DriftMeasure[] {
  const latest = latestOf(flags.length);
  const hitsOf = (part: readonly boolean[]) => ({ hits: part.filter(Boolean).length, of: part.length });
  if (latest === 0) return [];
  return [judgeDrift(measure, hitsOf(flags.slice(-latest)), hitsOf(flags.slice(0, -latest)))];
}

export function judgeDrift(
  measure: DriftMeasure["measure"],
  latest: DriftMeasure["latest"],
  earlier: DriftMeasure["earlier"],
): DriftMeasure {
  const p = fisherExact(latest.hits, latest.of, earlier.hits, earlier.of);
  return { measure, latest, earlier, p, isDrift: p < driftAlarmRate };
}
