import { rewardDefaults } from "@/lib/reward/training/config";
import { isDecided, type TrainingData } from "@/lib/reward/training/data";
import { creditOf, evaluate, type Predicted, type RewardMetrics } from "@/lib/reward/training/evaluate";
import { shuffledLabelAccuracy } from "@/lib/reward/training/shuffled-control";
import { trainRewardModel } from "@/lib/reward/training/train-reward-model";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { logLoss } from "@/lib/stats/calibration";
import { seededRandom } from "@/lib/stats/random";
import { fitLogisticRegression, type LinearMargins } from "./logistic-regression";
import { hardLabelOf, splitByPrompt, type Pair } from "./read-file";

export type EncodedFile = Omit<TrainingData, "pairs"> & { pairs: readonly Pair[] };

type SeedResult = {
  predicted: Predicted;
  linear: LinearMargins;
  seconds: number;
  correlation: number | null;
  bestEpochs: number[];
  shuffled: Estimate | null;
};

/** Figures of reward models trained on a file with several seeds, pooled, beside baselines and logistic regression. */
export async function measureEncoder(
  file: EncodedFile,
  { seeds, python }: { seeds: number; python: string },
): Promise<object> {
  const runs: SeedResult[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const data = { ...file, pairs: splitByPrompt(file.pairs, seed) };
    const before = performance.now();
    const trained = await trainRewardModel({ ...data, config: rewardDefaults, seed });
    runs.push({
      predicted: trained.predicted,
      seconds: (performance.now() - before) / 1000,
      correlation: trained.memberCorrelation,
      bestEpochs: trained.bestEpochs,
      linear: await fitLogisticRegression(data, python),
      shuffled: await shuffledLabelAccuracy({ ...data, config: rewardDefaults, seed }),
    });
  }
  const pooled = pool(runs.map(({ predicted }) => predicted));
  const { pairs, ties, prompts, baselines, withSides, withoutSides } = evaluate(pooled, 1);
  return {
    ...{ pairs, ties, prompts, seeds },
    with_sides: shownMetrics(withSides),
    without_sides: shownMetrics(withoutSides),
    logistic: besideLogistic(runs),
    baselines: {
      majority: shown(baselines.majority),
      longer_wins: shown(baselines.longerWins),
      side_features_only: shown(baselines.sideFeaturesOnly),
    },
    shuffled_labels: runs.map(({ shuffled }) => shown(shuffled)),
    member_correlation: round(mean(runs.flatMap(({ correlation }) => correlation ?? []))),
    best_epoch: round(mean(runs.flatMap(({ bestEpochs }) => bestEpochs))),
    train_seconds: round(median(runs.map(({ seconds }) => seconds))),
  };
}

/** What is compared of two predictors on a decided pair: credits, or losses in nats. */
type Judged = (margin: number, outcome: number) => number;

const judgedBy: Record<"accuracy" | "log_loss", Judged> = {
  accuracy: creditOf,
  log_loss: (margin, outcome) => logLoss([margin], [outcome]),
};

function besideLogistic(runs: readonly SeedResult[]): object {
  const rows = runs.flatMap(({ predicted: { pairs, margins }, linear }) => {
    const decided = [...pairs.keys()].filter((i) => isDecided(pairs[i]!));
    return decided.map((i, place) => ({
      group: pairs[i]!.group,
      outcome: hardLabelOf(pairs[i]!),
      full: margins.withSides[i]!,
      text: margins.withoutSides[i]!,
      linearText: linear.text[place]!,
      linearFull: linear.textAndSides[place]!,
    }));
  });
  const estimate = (value: (row: (typeof rows)[number]) => number): (number | null)[] | null =>
    shown(
      meanByGroup(
        rows.map(value),
        rows.map(({ group }) => group),
        { random: seededRandom(1) },
      ),
    );
  return Object.fromEntries(
    Object.entries(judgedBy).map(([name, judged]) => [
      name,
      {
        text: estimate(({ linearText, outcome }) => judged(linearText, outcome)),
        text_and_sides: estimate(({ linearFull, outcome }) => judged(linearFull, outcome)),
        reward_less_text: estimate(
          ({ full, linearText, outcome }) => judged(full, outcome) - judged(linearText, outcome),
        ),
        reward_less_text_and_sides: estimate(
          ({ full, linearFull, outcome }) => judged(full, outcome) - judged(linearFull, outcome),
        ),
        text_reward_less_text: estimate(
          ({ text, linearText, outcome }) => judged(text, outcome) - judged(linearText, outcome),
        ),
      },
    ]),
  );
}

function pool(parts: readonly Predicted[]): Predicted {
  const margins = (kind: keyof Predicted["margins"]): number[] =>
    parts.flatMap((part) => Array.from(part.margins[kind]));
  return {
    pairs: parts.flatMap((part) => part.pairs),
    logLengthRatios: parts.flatMap((part) => Array.from(part.logLengthRatios)),
    margins: {
      withSides: margins("withSides"),
      withoutSides: margins("withoutSides"),
      majority: margins("majority"),
      longerWins: margins("longerWins"),
      sideFeaturesOnly: margins("sideFeaturesOnly"),
    },
  };
}

function shownMetrics({
  accuracy,
  accuracyAtSimilarLength,
  advantage,
  auc,
  calibration,
  ...rest
}: RewardMetrics): object {
  return {
    accuracy: shown(accuracy),
    accuracy_at_similar_length: shown(accuracyAtSimilarLength),
    over_longer_wins: shown(advantage.longerWins),
    over_side_features_only: shown(advantage.sideFeaturesOnly),
    log_loss: round(rest.logLoss),
    auc: round(auc),
    ece: round(calibration.error),
    ece_band: calibration.band.map(round),
    is_calibrated: calibration.isWithinBand,
  };
}

/** [mean, low, high] */
function shown(estimate: Estimate | null): (number | null)[] | null {
  return estimate && [estimate.mean, ...estimate.interval].map(round);
}

function round(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
