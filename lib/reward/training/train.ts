import { AppError } from "@/lib/errors";
import type { ProviderChoice } from "@/lib/graph/choose-provider";
import { mergeMembers } from "@/lib/graph/ensemble";
import { exportModel } from "@/lib/graph/export";
import { openSession, type Provider, type Session } from "@/lib/graph/session";
import type { HostTensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch, type Training } from "@/lib/graph/training";
import { initialState, type TrainingState, type TrainingStep } from "@/lib/graph/training-step";
import { logLoss } from "@/lib/stats/calibration";
import { completionInputs, pairBatch, runsOf, standardOf, type Lesson, type Standard } from "./batches";
import { learningRateAt, stepPairs, type RewardConfig } from "./config";
import { pairsOf, requireTrainable, type TrainingData, type TrainingPair } from "./data";
import { featureMask, rewardGraph, rewardStep, startValues, type Head, type HeadShape, type HeadValues } from "./head";
import { bootstrapCounts, randomOrder, streamFor } from "./sampling";
import { fitSideModel } from "./side-model";
import { linearTargets, type StrengthTargets } from "./targets";

/** One epoch of a training. Losses are in nats. */
export type EpochRecord = {
  epoch: number;
  /** Mean over steps and members of the loss that was minimised; null before the first epoch. */
  trainLoss: number | null;
  /** Each member's mean loss on the validation pairs. */
  validationLoss: number[];
};

/** All that a training needs to go on after an epoch as if it had never stopped. */
export type Checkpoint = {
  epoch: number;
  /** Where the steps are computed, which stays so to the end; null where no choice was asked for. */
  provider: ProviderChoice | null;
  state: TrainingState;
  /** The parameters of each member at its best epoch. */
  best: HeadValues;
  bestEpochs: number[];
  history: EpochRecord[];
};

export type Progress = { epoch: number; step: number; totalSteps: number; loss: number };

export type TrainingHooks = {
  /** After each step. */
  onStep?: ((progress: Progress) => void | Promise<void>) | undefined;
  /** After each epoch, with what to keep; the values are not changed afterwards. */
  onEpoch?: ((checkpoint: Checkpoint) => void | Promise<void>) | undefined;
  /** Aborting ends the training at the next step with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Goes on from here, on the same provider; it must come from a training with the same data, config and seed. */
  resume?: Checkpoint | undefined;
  /** Chooses where the steps are computed, by trying a step; the CPU if left out. */
  chooseProvider?: ((trial: ProviderTrial) => Promise<ProviderChoice>) | undefined;
};

/** A real step of the training that is to come, which any provider can be opened to take. */
export type ProviderTrial = { open: (provider: Provider) => Promise<Training>; batches: readonly Batch[] };

export type Trained = {
  shape: HeadShape;
  values: HeadValues;
  standard: Standard;
  bestEpochs: number[];
  history: EpochRecord[];
  /** Null where no choice was asked for. */
  provider: ProviderChoice | null;
};

/** The signed strength from which a member learns a pair. */
export type StrengthFor = (pair: TrainingPair, member: number) => number;

const ownStrength: StrengthFor = (pair) => pair.strength;

/**
 * Trains the members on the training pairs, each on a bootstrap of the prompt groups and with its own feature mask, and
 * gives each as it was at the epoch with its lowest validation loss; the untrained start counts as epoch 0, so that a
 * member that finds nothing says p = .5. Ends when every member has gone `patience` epochs without a lower loss.
 *
 * `strengthFor` replaces the labels that a member learns from, for controls. Throws `invalid` where labels are too few, and
 * where the provider on which a resumed training began does not open.
 */
export async function trainEnsemble(given: {
  data: TrainingData;
  config: RewardConfig;
  seed: number;
  threads?: number;
  targetOf?: StrengthTargets;
  strengthFor?: StrengthFor;
  hooks?: TrainingHooks;
}): Promise<Trained> {
  const { data, config, seed, threads = 1, targetOf = linearTargets, strengthFor = ownStrength, hooks = {} } = given;
  requireTrainable(data.pairs);
  const { members } = config;
  const shape = { members, hidden: config.hidden, width: data.width, sides: data.sides[0]?.length ?? 0 };
  const train = pairsOf(data.pairs, "train");
  const validation = pairsOf(data.pairs, "validation");
  const standard = standardOf(completionsOf(train).map((completion) => data.sides[completion]!));
  const targetsOf = (pairs: readonly TrainingPair[]): Float32Array[] =>
    Array.from({ length: members }, (_, member) =>
      Float32Array.from(pairs, (pair) => targetOf(strengthFor(pair, member))),
    );
  const lesson = { targets: targetsOf(train), weights: bootstrapWeights(train, members, seed) };
  const mask = featureMask(shape, config.maskedShare, seed);
  const step = rewardStep(shape, config);
  const scoring = await openSession(exportModel(rewardGraph(shape)), { threads });
  let training: Training | undefined;
  try {
    const validate = (values: HeadValues): Promise<number[]> =>
      validationLosses({ session: scoring, data, standard, pairs: validation, targets: targetsOf(validation), values });
    const trialBatch = (): Batch => {
      const chosen = Uint32Array.from(train.slice(0, stepPairs(train.length, config)).keys());
      return { ...pairBatch({ data, pairs: train, standard, lesson, chosen }), mask };
    };
    const start = (): HeadValues => {
      const sideWeights = lesson.targets.map((targets, member) =>
        fitSideModel({ pairs: train, sides: data.sides, standard, targets, weights: lesson.weights[member]! }),
      );
      return startValues({ shape, mask, sideWeights, seed });
    };
    const begun = hooks.resume ?? (await firstCheckpoint(step, start(), validate));
    const open = (on: Provider): Promise<Training> => openTraining({ step, state: begun.state, threads, provider: on });
    const provider = begun.provider ?? (await hooks.chooseProvider?.({ open, batches: [trialBatch()] })) ?? null;
    training = await open(provider?.provider ?? "cpu").catch((cause: unknown) => {
      throw begun.provider ? goneFrom(begun.provider.provider, cause) : cause;
    });
    let checkpoint: Checkpoint = { ...begun, provider };
    const totalSteps = config.maxEpochs * Math.ceil(train.length / stepPairs(train.length, config));
    while (checkpoint.epoch < config.maxEpochs && !hasEnded(checkpoint, config.patience)) {
      const epoch = { training, data, pairs: train, standard, lesson, mask, config, seed, totalSteps, hooks };
      checkpoint = await nextCheckpoint(checkpoint, epoch, validate);
      await hooks.onEpoch?.(checkpoint);
    }
    const { best, bestEpochs, history } = checkpoint;
    return { shape, values: best, standard, bestEpochs, history, provider };
  } finally {
    await training?.dispose();
    await scoring.dispose();
  }
}

/** The rewards of completions by each member, [k][i] in the order given. */
export async function memberRewards(given: {
  session: Session;
  data: Pick<TrainingData, "features" | "sides" | "width">;
  standard: Standard;
  completions: readonly number[];
  values: HeadValues;
}): Promise<Float32Array[]> {
  const { session, data, standard, completions, values } = given;
  const members = values.w1.shape[0]!;
  const rewards = Array.from({ length: members }, () => new Float32Array(completions.length));
  for (const { start, places } of runsOf(completions)) {
    const inputs = completionInputs(data, standard, places);
    const output = (await session.run({ ...values, ...inputs }, ["withSides"]))["withSides"]!;
    const n = output.shape[1]!;
    rewards.forEach((row, member) =>
      row.set(output.data.subarray(member * n, (member + 1) * n) as Float32Array, start),
    );
  }
  return rewards;
}

type Epoch = {
  training: Training;
  data: TrainingData;
  pairs: readonly TrainingPair[];
  standard: Standard;
  lesson: Lesson;
  mask: HostTensor;
  config: RewardConfig;
  seed: number;
  totalSteps: number;
  hooks: TrainingHooks;
};

async function firstCheckpoint(
  step: TrainingStep,
  values: HeadValues,
  validate: (values: HeadValues) => Promise<number[]>,
): Promise<Checkpoint> {
  const validationLoss = await validate(values);
  return {
    epoch: 0,
    provider: null,
    state: initialState(step, values),
    best: values,
    bestEpochs: validationLoss.map(() => 0),
    history: [{ epoch: 0, trainLoss: null, validationLoss }],
  };
}

async function nextCheckpoint(
  before: Checkpoint,
  given: Epoch,
  validate: (values: HeadValues) => Promise<number[]>,
): Promise<Checkpoint> {
  const epoch = before.epoch + 1;
  const trainLoss = await trainEpoch(before.state.step, epoch, given);
  const state = await given.training.read();
  const values = headValues(state);
  const validationLoss = await validate(values);
  const bestLoss = before.bestEpochs.map((best, member) => before.history[best]!.validationLoss[member]!);
  const improved = validationLoss.map((loss, member) => loss < bestLoss[member]!);
  return {
    epoch,
    provider: before.provider,
    state,
    best: withMembers(before.best, values, improved),
    bestEpochs: before.bestEpochs.map((best, member) => (improved[member] ? epoch : best)),
    history: [...before.history, { epoch, trainLoss, validationLoss }],
  };
}

function goneFrom(provider: Provider, cause: unknown): AppError {
  const message = `This training began on ${provider}, which does not open here any more. Start it again.`;
  return new AppError("invalid", message, { cause });
}

/** Takes the steps of an epoch, the first after `stepsBefore` others, and gives the mean loss. */
async function trainEpoch(stepsBefore: number, epoch: number, given: Epoch): Promise<number> {
  const { training, pairs, mask, config, seed, totalSteps, hooks } = given;
  const order = randomOrder(pairs.length, streamFor(seed, "order", epoch));
  const size = stepPairs(pairs.length, config);
  const chosenAt = (step: number): Uint32Array =>
    order.subarray((step - stepsBefore - 1) * size, (step - stepsBefore) * size);
  let sum = 0;
  await takeSteps({
    training,
    from: stepsBefore,
    steps: stepsBefore + Math.ceil(order.length / size),
    batchesAt: (step) => [{ ...pairBatch({ ...given, chosen: chosenAt(step) }), mask }],
    learningRateAt: (step) => learningRateAt(step, totalSteps, config),
    signal: hooks.signal,
    async onStep({ step, loss: total }) {
      const loss = total / config.members;
      sum += loss * chosenAt(step).length;
      await hooks.onStep?.({ epoch, step, totalSteps, loss });
    },
  });
  return sum / order.length;
}

async function validationLosses(given: {
  session: Session;
  data: TrainingData;
  standard: Standard;
  pairs: readonly TrainingPair[];
  targets: readonly Float32Array[];
  values: HeadValues;
}): Promise<number[]> {
  const { pairs, targets } = given;
  const completions = completionsOf(pairs);
  const place = new Map(completions.map((completion, i) => [completion, i]));
  const rewards = await memberRewards({ ...given, completions });
  return rewards.map((reward, member) => {
    const margins = pairs.map(({ first, second }) => reward[place.get(first)!]! - reward[place.get(second)!]!);
    return logLoss(margins, targets[member]!);
  });
}

/** How often each member's bootstrap of the prompt groups drew each pair, times the pair's own weight. */
function bootstrapWeights(pairs: readonly TrainingPair[], members: number, seed: number): Float32Array[] {
  const groups = pairs.map(({ group }) => group);
  return Array.from({ length: members }, (_, member) => {
    const counts = bootstrapCounts(groups, streamFor(seed, "bootstrap", member));
    return Float32Array.from(pairs, ({ group, weight }) => counts.get(group)! * weight);
  });
}

const hasEnded = ({ epoch, bestEpochs }: Checkpoint, patience: number): boolean =>
  bestEpochs.every((best) => epoch - best >= patience);

export const completionsOf = (pairs: readonly TrainingPair[]): number[] => [
  ...new Set(pairs.flatMap(({ first, second }) => [first, second])),
];

const headNames: readonly (keyof Head)[] = ["w1", "b1", "w2", "b2", "ws"];

const headValues = ({ tensors }: TrainingState): HeadValues =>
  Object.fromEntries(headNames.map((name) => [name, tensors[name]!])) as HeadValues;

/** `before` with the members that improved taken from `after`. */
function withMembers(before: HeadValues, after: HeadValues, improved: readonly boolean[]): HeadValues {
  if (!improved.includes(true)) return before;
  const merged = headNames.map((name) => [name, mergeMembers(before[name], after[name], improved)]);
  return Object.fromEntries(merged) as HeadValues;
}
