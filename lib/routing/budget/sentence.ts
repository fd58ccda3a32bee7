import { wordMoney } from "@/lib/text/money";
import { formatShare } from "../describe";
import type { Figure } from "../learn/schema";
import type { PlanTerms } from "./plan-budget";
import type { Plan, PlanGoal } from "./schema";

/** A plan in words: whether it does what was wanted, what it buys, and by which prices. */
export function sentenceOf(plan: Omit<Plan, "sentence">, goal: PlanGoal, terms: PlanTerms): string {
  return [wordGoal(plan, goal, terms), wordPurchase(plan, terms), wordQuality(plan), wordPrices(terms)]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function wordGoal(plan: Omit<Plan, "sentence">, goal: PlanGoal, { prices, open }: PlanTerms): string {
  const cost = wordMoney(plan.costMicros, prices.currency);
  if (goal.kind === "spend") {
    const money = wordMoney(goal.micros, prices.currency);
    if (!plan.isReached)
      return `${money} is not enough: the least that labelling what is open can cost is ${cost}, which is this plan.`;
    if (open === 0) return `No instance is open, so nothing of ${money} is needed now.`;
    return plan.costMicros < goal.micros && plan.humanShare === 1 ? `${money} is more than it takes.` : "";
  }
  const wanted = formatShare(goal.labelAccuracy);
  if (plan.isReached) return "";
  return `No share for people makes ${wanted} of the labels right: the best that the backtest knows of this policy is ${formatShare(plan.labelAccuracy!.value)}, which is this plan.`;
}

function wordPurchase({ humanShare, open, people, ai, costMicros }: Omit<Plan, "sentence">, terms: PlanTerms): string {
  const both = people + ai - open;
  const byBoth = both > 0 ? `, ${both} of them both` : "";
  return `Send ${formatShare(humanShare)} to people: of ${open} open instances people label ${people} and AI ${ai}${byBoth}, for ${wordMoney(costMicros, terms.prices.currency)}.`;
}

function wordQuality({ labelAccuracy, rewardAccuracy }: Omit<Plan, "sentence">): string {
  if (labelAccuracy === null) return "What quality that is, no fit tells yet.";
  const reward = rewardAccuracy === null ? "" : `, and of a reward model trained on them ${wordFigure(rewardAccuracy)}`;
  return `By the backtest ${wordFigure(labelAccuracy)} of the labels are as people's consensus has them${reward}.`;
}

function wordFigure({ value, interval }: Figure): string {
  const range = interval === null ? "" : ` (${formatShare(interval[0])} to ${formatShare(interval[1])})`;
  return `${formatShare(value)}${range}`;
}

function wordPrices({ prices }: PlanTerms): string {
  const { currency, humanMicros, judgeMicros, isTimed, hasPricedJudge } = prices;
  const guessed = isTimed ? "" : ", a guess from the length of the texts until somebody has labelled,";
  const judges = hasPricedJudge
    ? `by judges ${wordMoney(judgeMicros, currency)}`
    : "by judges nothing, as none with a price is switched on";
  return `An instance costs ${wordMoney(humanMicros, currency)} by people${guessed} and ${judges}.`;
}
