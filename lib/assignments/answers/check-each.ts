import type { Fault } from "@/lib/errors";
import { say } from "@/lib/say";
import { letterOf } from "@/lib/text/letter";
import type { Shown } from "./answer-type";

type Aspect = { id: string; name: string };

/** The faults of answers by aspect: those that `check` finds on each aspect asked, and aspects that are not asked. */
export function checkAspects<T>(
  aspects: Aspect[],
  answer: Record<string, T>,
  check: (given: T | undefined, aspect: Aspect) => Fault[],
): Fault[] {
  const known = new Set(aspects.map(({ id }) => id));
  const unknown = Object.keys(answer).filter((id) => !known.has(id));
  return [
    ...aspects.flatMap((aspect) => check(Object.hasOwn(answer, aspect.id) ? answer[aspect.id] : undefined, aspect)),
    ...unknown.map((id) => ({ path: id, message: say`this project does not ask about ${id}` })),
  ];
}

/**
 * The faults of a list with one entry a completion shown: entries that are missing or too many, open ones, and what
 * `check` says against the rest. `at` is the list's own path.
 */
export function checkEach<T>(
  entries: readonly (T | null)[],
  {
    shown,
    at,
    name,
    check,
  }: { shown: Shown; at: string; name: string; check: (entry: T, at: string, position: number) => Fault[] },
): Fault[] {
  const count = shown.order.length;
  const excess =
    entries.length > count ? [{ path: at, message: say`has ${entries.length} entries, but ${count} are shown` }] : [];
  const faults = shown.order.flatMap((_, position) => {
    const entry = entries[position];
    const path = `${at}.${position}`;
    if (entry === undefined || entry === null)
      return [{ path, message: say`${name} is not answered for completion ${letterOf(position)}` }];
    return check(entry, path, position);
  });
  return [...excess, ...faults];
}
