import { meanByGroup } from "@/lib/stats/bootstrap";
import { logLoss } from "@/lib/stats/calibration";
import type { RewardConfig } from "../training/config";
import { fewestPairs, isDecided, outcomeOf, pairsOf, type TrainingData } from "../training/data";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import { countDecided, drawPrompts, lightConfig, mostLightPairs, trainLightly } from "./light-training";
import type { LearningCurve, LearningPoint } from "./schema";

const shares = [0.1, 0.25, 0.5, 1];

/** What the last point of the curve says of the test pairs is used again. */
export type Curve = { curve: LearningCurve; margins: ArrayLike<number> | null };

/**
 * Accuracy and log loss on the same test pairs of models that learned from 10, 25, 50 and 100 % of the training prompts,
 * each share holding the smaller ones. They have fewer members and hidden units than the version, so its own figures lie a
 * little above the last point.
 */
export async function measureLearningCurve(given: {
  data: TrainingData;
  config: RewardConfig;
  seed: number;
}): Promise<Curve> {
  const { data, seed } = given;
  const config = lightConfig(given.config);
  const train = pairsOf(data.pairs, "train");
  const validation = drawPrompts(pairsOf(data.pairs, "validation"), 1, seed);
  const test = pairsOf(data.pairs, "test");
  const facts = {
    ...{ members: config.members, maxEpochs: config.maxEpochs },
    cutTo: train.length > mostLightPairs ? mostLightPairs : null,
  };
  if (countDecided(test) === 0) {
    return { curve: { points: [], ...facts, skipped: "There are no test pairs." }, margins: null };
  }
  const points: LearningPoint[] = [];
  let margins: ArrayLike<number> | null = null;
  for (const share of shares) {
    const drawn = drawPrompts(train, share, seed);
    if (countDecided(drawn) < fewestPairs.train) continue;
    const judged = await trainLightly({ data, pairs: [...drawn, ...validation], judged: test, config, seed });
    margins = judged.mean;
    points.push({
      share,
      pairs: countDecided(drawn),
      prompts: new Set(drawn.map(({ group }) => group)).size,
      ...figuresOf(test, judged.mean, seed),
    });
  }
  const missing = shares.length - points.length;
  const skipped =
    missing === 0 ? null : `${missing} of ${shares.length} shares have fewer than ${fewestPairs.train} decided pairs.`;
  return { curve: { points, ...facts, skipped }, margins };
}

function figuresOf(
  test: TrainingData["pairs"],
  margins: ArrayLike<number>,
  seed: number,
): Pick<LearningPoint, "accuracy" | "logLoss"> {
  const decided = test.flatMap((pair, i) => (isDecided(pair) ? [i] : []));
  const accuracy = meanByGroup(
    decided.map((i) => creditOf(margins[i]!, outcomeOf(test[i]!))),
    decided.map((i) => test[i]!.group),
    { random: streamFor(seed, "evaluation", 13) },
  )!;
  return { accuracy, logLoss: logLoss(margins, test.map(outcomeOf)) };
}
