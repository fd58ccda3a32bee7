import type { ProviderChoice } from "@/lib/graph/choose-provider";
import { openSession } from "@/lib/graph/session";
import { fitTemperature } from "@/lib/stats/calibration";
import { linear } from "@/lib/stats/logistic";
import { rewardDefaults, type RewardConfig } from "./config";
import { completionsOf, isDecided, outcomeOf, pairsOf, type TrainingData, type TrainingPair } from "./data";
import { evaluate, logLengthRatio, memberCorrelation, type Evaluation, type Predicted } from "./evaluate";
import { finishHeads, type FinishedHeads } from "./heads/finish";
import { exportRewardModel, scoreCompletions, type CompletionRewards, type RewardModel } from "./score";
import { fitSideModel, sideDifference } from "./side-model";
import { linearTargets, type StrengthTargets } from "./targets";
import { trainEnsemble, type EpochRecord, type TrainingHooks } from "./train";
import { standardOf } from "./batches";

export type TrainedRewardModel = {
  model: RewardModel;
  history: EpochRecord[];
  /** For each member, the epoch whose parameters it has. */
  bestEpochs: number[];
  provider: ProviderChoice | null;
  evaluation: Evaluation;
  /** Of the text rewards of the test completions, or of the validation completions where there is no test part. */
  memberCorrelation: number | null;
  /** What heads beside the overall reward add to the file, and how good they are. */
  heads: FinishedHeads;
  /** What the evaluation was made from, to be pooled with other folds or compared with another model pair by pair. */
  predicted: Predicted;
};

/**
 * Trains, calibrates and measures a reward model. Training pairs set the parameters, validation pairs the number of
 * epochs and the temperatures, test pairs nothing but the evaluation. On the CPU, the same data, config, seed and threads
 * give the same model on the same machine, also when it was resumed from a checkpoint.
 *
 * Throws `invalid` where labels are too few, and the signal's reason when aborted.
 */
export async function trainRewardModel(
  given: TrainingData & {
    config?: RewardConfig;
    seed: number;
    /** Threads of onnxruntime. */
    threads?: number;
    /** Made from labels given twice, once there are enough: `strengthTargets`. */
    targetOf?: StrengthTargets;
  } & TrainingHooks,
): Promise<TrainedRewardModel> {
  const {
    pairs,
    features,
    width,
    sides,
    heads,
    pairsAreInduced,
    config = rewardDefaults,
    seed,
    threads = 1,
    targetOf = linearTargets,
    ...hooks
  } = given;
  const data = { pairs, features, width, sides, ...(heads && { heads }), ...(pairsAreInduced && { pairsAreInduced }) };
  const trained = await trainEnsemble({ data, config, seed, threads, targetOf, hooks });
  const { shape, values, standard, usable, history, bestEpochs, provider } = trained;
  const uncalibrated = { shape, values, standard, temperatures: { withoutSides: 1, withSides: 1 } };
  const test = pairsOf(pairs, "test");
  const validation = pairsOf(pairs, "validation");
  const rewards = await rewardsOf({ model: uncalibrated, data, pairs: [...validation, ...test], threads });
  const temperatures = {
    withoutSides: fitTemperature(rewards.margins("withoutSides", validation), validation.map(outcomeOf)),
    withSides: fitTemperature(rewards.margins("withSides", validation), validation.map(outcomeOf)),
  };
  const calibrated = (kind: "withoutSides" | "withSides"): Float64Array =>
    rewards.margins(kind, test).map((margin) => margin / temperatures[kind]);
  const predicted: Predicted = {
    pairs: test,
    logLengthRatios: test.map((pair) => logLengthRatio(pair, sides)),
    margins: {
      withSides: calibrated("withSides"),
      withoutSides: calibrated("withoutSides"),
      ...baselineMargins({ data, targetOf }),
    },
  };
  const model = { ...uncalibrated, temperatures };
  const validationMargins = rewards.margins("withSides", validation).map((margin) => margin / temperatures.withSides);
  const { signal } = hooks;
  return {
    model,
    heads: await finishHeads({
      ...{ model, usable, data, predicted, validationMargins, targetOf, seed, threads, signal },
    }),
    history,
    bestEpochs,
    provider,
    evaluation: evaluate(predicted, seed),
    memberCorrelation: memberCorrelation(rewards.members(test.length > 0 ? test : validation)),
    predicted,
  };
}

/** Margins of the test pairs by the rules a reward model has to beat; what they fit, they fit on the training pairs. */
function baselineMargins(given: {
  data: TrainingData;
  targetOf: StrengthTargets;
}): Pick<Predicted["margins"], "majority" | "longerWins" | "sideFeaturesOnly"> {
  const { data, targetOf } = given;
  const train = pairsOf(data.pairs, "train");
  const test = pairsOf(data.pairs, "test");
  const firsts = train.filter(isDecided).reduce((sum, pair) => sum + Math.sign(pair.strength), 0);
  const standard = standardOf(completionsOf(train).map((completion) => data.sides[completion]!));
  const targets = train.map(({ strength }) => targetOf(strength));
  const weights = train.map(({ weight }) => weight);
  const sideWeights = fitSideModel({ pairs: train, sides: data.sides, standard, targets, weights });
  return {
    majority: test.map(() => Math.sign(firsts)),
    longerWins: test.map((pair) => logLengthRatio(pair, data.sides)),
    sideFeaturesOnly: test.map((pair) => linear(sideDifference(pair, data.sides, standard), sideWeights)),
  };
}

type PairRewards = {
  margins(kind: "withoutSides" | "withSides", pairs: readonly TrainingPair[]): Float64Array;
  /** Text rewards of the pairs' completions by each member. */
  members(pairs: readonly TrainingPair[]): number[][];
};

/** Rewards by the exported file, so that what is measured is what will be served. */
async function rewardsOf(given: {
  model: RewardModel;
  data: TrainingData;
  pairs: readonly TrainingPair[];
  threads: number;
}): Promise<PairRewards> {
  const { model, data, pairs, threads } = given;
  const completions = completionsOf(pairs);
  const place = new Map(completions.map((completion, i) => [completion, i]));
  const session = await openSession(exportRewardModel(model), { threads });
  let scored: CompletionRewards;
  try {
    scored = await scoreCompletions(session, {
      features: completions.map((completion) => data.features[completion]!),
      sides: completions.map((completion) => data.sides[completion]!),
      width: data.width,
    });
  } finally {
    await session.dispose();
  }
  return {
    margins(kind, of) {
      const rewards = scored[kind];
      return Float64Array.from(of, ({ first, second }) => rewards[place.get(first)!]! - rewards[place.get(second)!]!);
    },
    members(of) {
      const places = completionsOf(of).map((completion) => place.get(completion)!);
      return scored.membersWithoutSides.map((rewards) => places.map((i) => rewards[i]!));
    },
  };
}
