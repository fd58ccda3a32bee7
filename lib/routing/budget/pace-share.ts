import { wordMoney } from "@/lib/text/money";
import { formatShare } from "../describe";
import { shareForMoney, type PlanTerms } from "./plan-budget";
import type { Pacing } from "./schema";

/** What is known of a project on a day. */
export type PacingFacts = Omit<PlanTerms, "curve"> & {
  /** In UTC, as pacing has it. */
  today: string;
  /** Since the first day, on labels by people and on judging. */
  spentMicros: number;
  /** Of labels by people still to come on instances whose route is settled. */
  boundMicros: number;
  /** Instances that came on each of the whole days before. */
  arrivals: readonly number[];
};

/** `waits`: the first day has not come. `ended`: the last day is over or the money spent, so people get no more. */
export type Paced = { kind: "waits" } | { kind: "share" | "ended"; humanShare: number; sentence: string };

/**
 * The share for people that a budget pays for on a day: what is left of it, less what is bound, buys labels for what is
 * open and what is expected to arrive until the last day. Where that changes, the share of the next day makes up for it.
 */
export function paceShare({ micros, startsOn, endsOn }: Pacing, facts: PacingFacts): Paced {
  const { today, spentMicros, boundMicros, open, prices } = facts;
  const money = (amount: number) => wordMoney(amount, prices.currency);
  if (today < startsOn) return { kind: "waits" };
  if (spentMicros >= micros)
    return ended(`The budget of ${money(micros)} is spent: ${money(spentMicros)} since ${startsOn}.`);
  if (today > endsOn)
    return ended(`The budget of ${money(micros)} ended on ${endsOn}, with ${money(spentMicros)} of it spent.`);
  const expected = expectArrivals(facts.arrivals, daysUntil(today, endsOn));
  const left = micros - spentMicros - boundMicros;
  const { humanShare } = shareForMoney(left, { ...facts, open: open + expected });
  const bound = boundMicros > 0 ? ` and ${money(boundMicros)} bound to what people have begun` : "";
  const coming = expected > 0 ? `, and of about ${Math.round(expected)} that may arrive until ${endsOn}` : "";
  const sentence = `Of ${money(micros)}, ${money(spentMicros)} are spent${bound}: the rest pays people for ${formatShare(humanShare)} of ${open} open instances${coming}.`;
  return { kind: "share", humanShare, sentence };
}

/**
 * Instances to come in so many days, as many a day as on the mean of the days before, of which the fullest is left out:
 * it is mostly the import with which a project began.
 */
export function expectArrivals(before: readonly number[], days: number): number {
  if (before.length < 2) return 0;
  const sum = before.reduce((total, count) => total + count, 0) - Math.max(...before);
  return (sum / (before.length - 1)) * days;
}

/** Both ends included. */
function daysUntil(today: string, endsOn: string): number {
  return (Date.parse(endsOn) - Date.parse(today)) / 86_400_000 + 1;
}

function ended(because: string): Paced {
  return {
    kind: "ended",
    humanShare: 0,
    sentence: `${because} From now on people label only what both label, until somebody decides.`,
  };
}
