import { say } from "@/lib/say";
import { wordMoney } from "@/lib/text/money";
import { formatShare } from "../describe";
import type { Figure } from "../learn/schema";
import type { PlanTerms } from "./plan-budget";
import type { Plan, PlanGoal } from "./schema";

type Planned = Omit<Plan, "sentence">;

/** A plan in words: whether it does what was wanted, what it buys, and by which prices. */
export function sentenceOf(plan: Planned, goal: PlanGoal, terms: PlanTerms): string {
  return [wordGoal(plan, goal, terms), wordPurchase(plan, terms), wordQuality(plan), wordPrices(terms)]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function wordGoal(plan: Planned, goal: PlanGoal, { prices, open }: PlanTerms): string {
  const cost = wordMoney(plan.costMicros, prices.currency);
  if (goal.kind === "spend") {
    const money = wordMoney(goal.micros, prices.currency);
    if (!plan.isReached)
      return say`${money} is not enough: the least that labelling what is open can cost is ${cost}, which is this plan.`;
    if (open === 0) return say`No instance is open, so nothing of ${money} is needed now.`;
    return plan.costMicros < goal.micros && plan.humanShare === 1 ? say`${money} is more than it takes.` : "";
  }
  if (plan.isReached) return "";
  const [wanted, best] = [formatShare(goal.labelAccuracy), formatShare(plan.labelAccuracy!.value)];
  return say`No share for people makes ${wanted} of the labels right: the best that the backtest knows of this policy is ${best}, which is this plan.`;
}

function wordPurchase({ humanShare, open, people, ai, costMicros }: Planned, terms: PlanTerms): string {
  const [share, cost] = [formatShare(humanShare), wordMoney(costMicros, terms.prices.currency)];
  const both = people + ai - open;
  return both > 0
    ? say`Send ${share} to people: of ${open} open instances people label ${people} and AI ${ai}, ${both} of them both, for ${cost}.`
    : say`Send ${share} to people: of ${open} open instances people label ${people} and AI ${ai}, for ${cost}.`;
}

function wordQuality({ labelAccuracy, rewardAccuracy }: Planned): string {
  if (labelAccuracy === null) return say`What quality that is, no fit tells yet.`;
  const labels = wordFigure(labelAccuracy);
  return rewardAccuracy === null
    ? say`By the backtest ${labels} of the labels are as people's consensus has them.`
    : say`By the backtest ${labels} of the labels are as people's consensus has them, and of a reward model trained on them ${wordFigure(rewardAccuracy)}.`;
}

function wordFigure({ value, interval }: Figure): string {
  if (interval === null) return formatShare(value);
  return say`${formatShare(value)} (${formatShare(interval[0])} to ${formatShare(interval[1])})`;
}

function wordPrices({ prices }: PlanTerms): string {
  const { currency, isTimed, hasPricedJudge } = prices;
  const [people, judges] = [wordMoney(prices.humanMicros, currency), wordMoney(prices.judgeMicros, currency)];
  if (isTimed)
    return hasPricedJudge
      ? say`An instance costs ${people} by people and by judges ${judges}.`
      : say`An instance costs ${people} by people and by judges nothing, as none with a price is switched on.`;
  return hasPricedJudge
    ? say`An instance costs ${people} by people, a guess from the length of the texts until somebody has labelled, and by judges ${judges}.`
    : say`An instance costs ${people} by people, a guess from the length of the texts until somebody has labelled, and by judges nothing, as none with a price is switched on.`;
}
