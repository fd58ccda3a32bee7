import { agreementOf, named, tellingField } from "@/lib/reward/evaluation/pair-facts";
import { quantilesOf } from "@/lib/stats/quantiles";
import { figuresByPrompt, groupsOf, ratio } from "./by-group";
import { reportSliceKinds, type ReportSlice } from "./schema";
import type { Observation } from "./unit";

/** Smaller slices are chance. */
const fewestUnits = 10;
/** Of one kind, the largest. */
const mostOfKind = 12;

/** Accuracy by where the instances are from, what they are about, how long the completions are and how far people agree. */
export function measureSlices(observations: readonly Observation[]): ReportSlice[] {
  const compared = observations.filter(({ unit }) => unit.reference !== null);
  if (compared.length === 0) return [];
  const domain = tellingField(compared.map(({ unit }) => unit.subject.meta));
  const quartiles = quantilesOf(compared.map(lengthOf), 5).slice(1, 4);
  const valueOf: Record<ReportSlice["by"], (observation: Observation) => string | null> = {
    corpus: ({ unit }) => named(unit.subject.meta["source"]),
    domain: ({ unit }) => (domain === null ? null : named(unit.subject.meta[domain])),
    length: (observation) => String(1 + quartiles.filter((border) => border < lengthOf(observation)).length),
    difficulty: ({ unit }) => (unit.by === "people" ? agreementOf(unit.people.map(String)) : null),
  };
  return reportSliceKinds.flatMap((by) => {
    const values = groupsOf(compared, valueOf[by]);
    values.delete(null);
    const large = [...values].filter(([, own]) => own.length >= fewestUnits);
    if (large.length < 2) return [];
    if (by === "length") large.sort(([a], [b]) => (a! < b! ? -1 : 1));
    else large.sort(([a, ownA], [b, ownB]) => ownB.length - ownA.length || (a! < b! ? -1 : 1));
    return large.slice(0, mostOfKind).map(([value, own]) => sliceOf(by, value!, own));
  });
}

function sliceOf(by: ReportSlice["by"], value: string, observations: Observation[]): ReportSlice {
  const { accuracy } = figuresByPrompt({
    observations,
    width: 2,
    addends: (observation) => [
      [0, Number(isHit(observation))],
      [1, 1],
    ],
    figures: { accuracy: ratio(0, 1) },
  });
  return { by, value, units: observations.length, accuracy: accuracy! };
}

/** Whether an answer is the consensus. */
export function isHit({ unit, value }: Observation): boolean {
  return String(value) === String(unit.reference);
}

/** Mean log length of the completions that a unit is about. */
function lengthOf({ unit }: Observation): number {
  const lengths = unit.target
    .split(/[-:]/, unit.target.includes("-") ? 2 : 1)
    .map((index) => unit.subject.styles[Number(index)]?.[0] ?? 0);
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}
