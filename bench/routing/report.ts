import type { Backtest } from "@/lib/routing/backtest/input";
import type { BacktestPoint } from "@/lib/routing/fits/schema";
import type { Figure, FitVerdict, LearnReport } from "@/lib/routing/learn/schema";

/** [value, low, high] with four digits. */
export function shown(figure: Figure | null | undefined): number[] | null {
  return figure ? [figure.value, ...(figure.interval ?? [])].map((value) => Number(value.toFixed(4))) : null;
}

/** Every policy at every share of human labels, and how much better it is than a random choice of as many. */
export function budgetsOf({ curves }: Backtest): object {
  const shares = curves[0]?.points.map(({ humanShare }) => humanShare) ?? [];
  return shares.map((share, at) => ({
    human_share: Number(share.toFixed(4)),
    policies: Object.fromEntries(curves.map(({ policy, points }) => [policy, pointOf(points[at]!)])),
  }));
}

function pointOf({ labelAccuracy, rewardAccuracy, rewardLogLikelihood, overRandom }: BacktestPoint): object {
  return {
    ...figuresOf({ labelAccuracy, rewardAccuracy, rewardLogLikelihood }),
    ...(overRandom && { less_random: figuresOf(overRandom) }),
  };
}

type Figures = Pick<BacktestPoint, "labelAccuracy" | "rewardAccuracy" | "rewardLogLikelihood">;

function figuresOf({ labelAccuracy, rewardAccuracy, rewardLogLikelihood }: Figures): object {
  return {
    label_accuracy: shown(labelAccuracy),
    ...(rewardAccuracy && { reward_accuracy: shown(rewardAccuracy) }),
    ...(rewardLogLikelihood && { reward_log_likelihood: shown(rewardLogLikelihood) }),
  };
}

/** How well each predictor foresees unseen mixes, that of the share alone among them. */
export function predictorsOf({ predictors }: LearnReport): object {
  return Object.fromEntries(
    predictors.map(({ kind, r2, spearman, spearmanAtOneShare, isChosen }) => [
      kind,
      {
        ...{ r2: shown(r2), spearman: shown(spearman), spearman_at_one_share: shown(spearmanAtOneShare) },
        ...(isChosen && { is_chosen: true }),
      },
    ]),
  );
}

/** What came of it in sentences: by how much each policy beats a random choice at each budget, and what the fit says. */
export function wordResult({ curves }: Backtest, verdict: FitVerdict | null): string[] {
  const sentences = curves
    .filter(({ policy }) => policy !== "random" && policy !== "oracle")
    .flatMap(({ policy, points }) =>
      points
        .filter(({ humanShare }) => humanShare > 0.01 && humanShare < 0.99)
        .map(({ humanShare, overRandom }) => {
          const labels = wordDifference(overRandom?.labelAccuracy ?? null, "labels");
          const rewards = wordDifference(overRandom?.rewardAccuracy ?? null, "rewards");
          return `${policy} at ${Math.round(100 * humanShare)} %: ${[labels, rewards].filter((part) => part !== "").join("; ")}`;
        }),
    );
  return verdict ? [verdict.sentence, ...sentences] : sentences;
}

function wordDifference(figure: Figure | null, what: string): string {
  if (!figure) return "";
  const { value, interval } = figure;
  const points = (share: number): string => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
  if (!interval) return `${what} ${points(value)} points against random, without an interval`;
  const [low, high] = interval;
  const said = low > 0 ? "better than random" : high < 0 ? "worse than random" : "not told apart from random";
  return `${what} ${said} (${points(value)} points, ${points(low)} to ${points(high)})`;
}
