import type { Check } from "@/lib/stats/drop-watch";
import { plurality } from "@/lib/stats/plurality";
import { joinAi, type DualUnit } from "../fits/dual-units";

/** What people and AI said of a drawn instance, and when the last of it was said. */
export type Checkable = { group: number; at: Date; units: readonly DualUnit[] };

/** AI's label of an instance beside what people came to. */
export type LabelCheck = Check & { group: number; at: Date };

const dayMs = 24 * 60 * 60 * 1000;

/** Weeks since a Monday in 1969, in UTC; the first of January 1970 was a Thursday. */
export function weekOf(time: Date): number {
  return Math.floor((time.getTime() / dayMs + 3) / 7);
}

/** The Monday on which a week begins. */
export function mondayOf(week: number): string {
  return new Date((7 * week - 3) * dayMs).toISOString().slice(0, 10);
}

/**
 * Whether people confirmed AI's labels, in the order of time: those of one AI annotator, or what all of them come to. People
 * must have come to something. An instance is one check, by the first thing asked about it that can be one.
 */
export function checksOf(instances: readonly Checkable[], annotator?: string): LabelCheck[] {
  const checks = instances.flatMap(({ group, at, units }): LabelCheck[] => {
    const found = units.flatMap((unit) => {
      const people = plurality(unit.people.map((value) => ({ value, weight: 1 })))?.answer ?? null;
      const ai = unit.ai.filter((said) => annotator === undefined || said.annotator === annotator);
      if (people === null || ai.length === 0) return [];
      return [joinAi(ai, isPair(unit)).label === people];
    });
    return found.length === 0 ? [] : [{ group, at, week: weekOf(at), isRight: found[0]! }];
  });
  return checks.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Instances of one prompt tell much the same, which a test that counts every check would take for more than it is. */
export function onePerGroup(checks: readonly LabelCheck[]): LabelCheck[] {
  const seen = new Set<number>();
  return checks.filter(({ group }) => !seen.has(group) && seen.add(group));
}

/** How many labels people checked and confirmed, week by week; weeks without any between the first and the last too. */
export function weeklyChecks(checks: readonly LabelCheck[]): { week: string; checked: number; agreed: number }[] {
  const [first, last] = [checks[0], checks.at(-1)];
  if (!first || !last) return [];
  const weeks = Array.from({ length: last.week - first.week + 1 }, (_, i) => ({
    ...{ week: mondayOf(first.week + i), checked: 0, agreed: 0 },
  }));
  for (const { week, isRight } of checks) {
    const counted = weeks[week - first.week]!;
    counted.checked++;
    counted.agreed += Number(isRight);
  }
  return weeks;
}

/** Pairs of completions have a target such as "0-1". */
export function isPair({ target }: DualUnit): boolean {
  return target.includes("-");
}
