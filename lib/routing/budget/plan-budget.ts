import type { BacktestCurve, BacktestPoint } from "../fits/schema";
import type { Figure } from "../learn/schema";
import type { Prices } from "./prices";
import type { Plan, PlanGoal } from "./schema";
import { sentenceOf } from "./sentence";

/** What a plan is made for. */
export type PlanTerms = {
  open: number;
  /** Of them, those that go to people whatever the policy says, for their images. */
  withImages: number;
  /** Share of the rest that people and AI label both, drawn before anything else. */
  dualShare: number;
  prices: Prices;
  /** How good the policy is at each share, by the backtest of a fit; null without one. */
  curve: BacktestCurve | null;
};

/**
 * The share for people that spends an amount on what is open, or that reaches a quality for as little as possible. With
 * n instances of which p are labelled by people and a by AI (both count a dual one) the cost is p H + a J, which is linear
 * in the share. Between two shares of the backtest the quality is interpolated; what people label whatever the share
 * (dual, images) is as good as theirs is. A goal out of reach gives what comes nearest. `reach` needs a curve.
 */
export function planBudget(goal: PlanGoal, terms: PlanTerms): Plan {
  const { humanShare, isReached } =
    goal.kind === "spend" ? shareForMoney(goal.micros, terms) : shareForQuality(goal.labelAccuracy, terms);
  const people = Math.round(peopleAt(humanShare, terms));
  const both = Math.round((terms.open - terms.withImages) * terms.dualShare);
  const planned = {
    ...{ humanShare, isReached, open: terms.open, people, ai: terms.open - people + both },
    costMicros: Math.round(costAt(humanShare, terms)),
    ...{ humanMicros: terms.prices.humanMicros, judgeMicros: terms.prices.judgeMicros },
    labelAccuracy: qualityAt(humanShare, terms, ({ labelAccuracy }) => labelAccuracy),
    rewardAccuracy: qualityAt(humanShare, terms, ({ rewardAccuracy }) => rewardAccuracy),
  };
  return { ...planned, sentence: sentenceOf(planned, goal, terms) };
}

/** What labelling all that is open costs at a share, in millionths. */
export function costAt(humanShare: number, terms: Omit<PlanTerms, "curve">): number {
  const { humanMicros, judgeMicros } = terms.prices;
  return peopleAt(humanShare, terms) * humanMicros + aiAt(humanShare, terms) * judgeMicros;
}

/**
 * The greatest share that an amount pays for: 0 where it does not even pay for the dual part and AI, which is not
 * reached, and 1 where people are no dearer than AI.
 */
export function shareForMoney(
  micros: number,
  terms: Omit<PlanTerms, "curve">,
): { humanShare: number; isReached: boolean } {
  const [least, most] = [costAt(0, terms), costAt(1, terms)];
  const humanShare = most <= least ? 1 : Math.min(1, Math.max(0, (micros - least) / (most - least)));
  return { humanShare, isReached: micros >= Math.min(least, most) };
}

/** The cheapest share that is as good as asked for, or the best one where none is. */
function shareForQuality(wanted: number, terms: PlanTerms): { humanShare: number; isReached: boolean } {
  const shares = pointsOf(terms.curve!).map(({ humanShare }) => humanShare);
  const accuracyAt = (share: number) => qualityAt(share, terms, ({ labelAccuracy }) => labelAccuracy)!.value;
  const crossings = shares.slice(1).flatMap((to, i) => {
    const from = shares[i]!;
    const [before, after] = [accuracyAt(from), accuracyAt(to)];
    const part = (wanted - before) / (after - before);
    return part > 0 && part < 1 ? [from + part * (to - from)] : [];
  });
  const rounding = 1e-12;
  const enough = [...shares, ...crossings].filter((share) => accuracyAt(share) >= wanted - rounding);
  const cheapest = enough.toSorted((a, b) => costAt(a, terms) - costAt(b, terms) || a - b)[0];
  if (cheapest !== undefined) return { humanShare: cheapest, isReached: true };
  const best = shares.toSorted((a, b) => accuracyAt(b) - accuracyAt(a) || costAt(a, terms) - costAt(b, terms))[0]!;
  return { humanShare: best, isReached: false };
}

function peopleAt(share: number, { open, withImages, dualShare }: Omit<PlanTerms, "curve">): number {
  return withImages + (open - withImages) * (dualShare + (1 - dualShare) * share);
}

function aiAt(share: number, { open, withImages, dualShare }: Omit<PlanTerms, "curve">): number {
  return (open - withImages) * (dualShare + (1 - dualShare) * (1 - share));
}

/** A figure of the curve at a share, weighed with that at all by people for what they label whatever the share. */
function qualityAt(
  share: number,
  { curve, open, withImages, dualShare }: PlanTerms,
  of: (point: BacktestPoint) => Figure | null,
): Figure | null {
  if (curve === null) return null;
  const always = open === 0 ? dualShare : (withImages + (open - withImages) * dualShare) / open;
  return blend(interpolate(pointsOf(curve), share, of), interpolate(pointsOf(curve), 1, of), always);
}

function interpolate(
  points: readonly BacktestPoint[],
  share: number,
  of: (point: BacktestPoint) => Figure | null,
): Figure | null {
  const above = points.findIndex(({ humanShare }) => humanShare >= share);
  if (above <= 0) return of(above === 0 ? points[0]! : points.at(-1)!);
  const [from, to] = [points[above - 1]!, points[above]!];
  return blend(of(from), of(to), (share - from.humanShare) / (to.humanShare - from.humanShare));
}

/** (1 - part) a + part b, end by end: as wide as if both were off to the same side. */
function blend(a: Figure | null, b: Figure | null, part: number): Figure | null {
  if (a === null || b === null) return null;
  const between = (x: number, y: number) => (1 - part) * x + part * y;
  return {
    value: between(a.value, b.value),
    interval:
      a.interval && b.interval ? [between(a.interval[0], b.interval[0]), between(a.interval[1], b.interval[1])] : null,
  };
}

function pointsOf({ points }: BacktestCurve): BacktestPoint[] {
  return points.toSorted((a, b) => a.humanShare - b.humanShare);
}
