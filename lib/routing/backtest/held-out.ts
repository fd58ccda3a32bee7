import { plurality } from "@/lib/stats/plurality";

/** Labels of units measured against people who had no part in them. */
export type HeldOut = {
  /** How much each unit counts: 0 where nobody can tell. */
  weight: Float64Array;
  /** Of that, where a label of one more person is right. */
  people: Float64Array;
  /** Of that, where any other label is. */
  agreement: (unit: number, label: number) => number;
};

/** Of units that several people labelled: with fewer, those of one person are measured too. */
const fewestOfSeveral = 30;

/**
 * Measures labels against people. One person at a time is the one whose label is bought, and the majority of the others is
 * what both that label and any other one are compared with: so labels by people are not right by definition, and both are
 * measured by the same. Where the others are undecided there is nothing to compare with, and the unit counts for so much
 * less; left out of the unit's mean instead, the dissenter of three would count as much as three who agree. Only where
 * hardly any unit has labels of two people, those of one are what is right, and people are always right.
 */
export function holdOut(people: readonly Float64Array[]): HeldOut {
  const references = people.map(referencesOf);
  const several = references.filter((found) => found.length > 0).length;
  if (several < fewestOfSeveral)
    people.forEach((labels, unit) => {
      if (labels.length === 1) references[unit] = [{ bought: labels[0]!, others: labels[0]! }];
    });
  const shareOf = (unit: number, holds: (reference: Reference) => boolean): number =>
    references[unit]!.filter(holds).length / people[unit]!.length;
  return {
    weight: Float64Array.from(people, (_, unit) => shareOf(unit, () => true)),
    people: Float64Array.from(people, (_, unit) => shareOf(unit, ({ bought, others }) => bought === others)),
    agreement: (unit, label) => shareOf(unit, ({ others }) => others === label),
  };
}

type Reference = { bought: number; others: number };

function referencesOf(labels: Float64Array): Reference[] {
  return Array.from(labels).flatMap((bought, who) => {
    const others = consensusOf(labels.filter((_, i) => i !== who));
    return others === null ? [] : { bought, others };
  });
}

/** The label that most people give; null without labels and in a draw. */
export function consensusOf(labels: Float64Array): number | null {
  return plurality(Array.from(labels, (value) => ({ value, weight: 1 })))?.answer ?? null;
}
