import { say } from "@/lib/say";
import { referenceChecks, watchForDrop } from "@/lib/stats/drop-watch";
import { formatShare } from "../describe";
import type { LabelCheck } from "./checks";
import type { Alarm } from "./schema";

/** A version of a judge that labels, as labels sign it, in words, and its checks, one a prompt. */
export type WatchedJudge = { judge: string; words: string; checks: readonly LabelCheck[] };

/** What the last days brought: labels of AI that nobody else gives, and labels of AI that were drawn to be checked. */
export type Recent = { byAi: number; checked: number; since: Date };

/** Days that are looked back, and how many checks they want. */
export const recentDays = 7;
export const wantedChecks = 30;

/** So many of the latest checks are told. */
const told = 50;

/**
 * Whether a judge's labels have become worse than the first that people checked (watchForDrop), the judge that did so first
 * coming first; else whether so few are checked that it would be seen late.
 */
export function alarmOf(judges: readonly WatchedJudge[], recent: Recent): Alarm | null {
  const worse = judges.flatMap((judge) => worseOf(judge) ?? []).sort((a, b) => a.since.localeCompare(b.since));
  return worse[0] ?? tooFew(recent);
}

function worseOf({ judge, words, checks }: WatchedJudge): Alarm | null {
  const { reference, later, alarms } = watchForDrop(checks);
  const alarm = alarms.at(-1);
  if (!reference || !alarm || alarm.until !== null) return null;
  const latest = checks.slice(-Math.min(told, later.checked));
  const agreed = latest.filter(({ isRight }) => isRight).length;
  const [first, last] = [share(reference.agreed, reference.checked), share(agreed, latest.length)];
  return {
    ...{ kind: "worse", judge, since: checks[alarm.from]!.at.toISOString() },
    sentence: say`Of the first ${reference.checked} labels of ${words} that people checked at random they confirmed ${first}, of the latest ${latest.length} only ${last}. By chance alone this is said of a judge in less than one year of twenty.`,
  };
}

function tooFew({ byAi, checked, since }: Recent): Alarm | null {
  if (byAi === 0 || checked >= wantedChecks) return null;
  const advice = say`With fewer than ${wantedChecks} checks a week, and before the first ${referenceChecks} of a judge, it is seen late or never that it gets worse. Send a larger share to people and AI both.`;
  return {
    ...{ kind: "too few", judge: null, since: since.toISOString() },
    sentence:
      byAi === 1
        ? say`In the last ${recentDays} days AI alone labelled 1 instance, and people checked ${checked} of its labels at random. ${advice}`
        : say`In the last ${recentDays} days AI alone labelled ${byAi} instances, and people checked ${checked} of its labels at random. ${advice}`,
  };
}

function share(part: number, whole: number): string {
  return formatShare(part / whole);
}
