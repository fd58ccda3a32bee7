import { AppError } from "@/lib/errors";
import type { ProviderChoice, ProviderTrial } from "@/lib/graph/choose-provider";
import { mergeMembers } from "@/lib/graph/ensemble";
import type { Provider, Session } from "@/lib/graph/session";
import { openTraining, stepTrial, takeSteps, type Batch, type Training } from "@/lib/graph/training";
import { initialState, type TrainingState, type TrainingStep } from "@/lib/graph/training-step";
import { completionInputs, runsOf, type Standard } from "./batches";
import { learningRateAt, type RewardConfig } from "./config";
import { requireTrainable, type TrainingData } from "./data";
import type { HeadShape, HeadValues, ModelValues } from "./head";
import { headNames } from "./heads/head";
import type { UsableExamples } from "./heads/heads";
import { batchOf, lessonOf, range, stepsOf, type Lesson, type StrengthFor } from "./lesson";
import { randomOrder, streamFor } from "./sampling";
import { rewardStep } from "./step";
import type { StrengthTargets } from "./targets";
import { openValidation } from "./validation";

/** One epoch of a training. Losses are in nats. */
export type EpochRecord = {
  epoch: number;
  /** Mean over steps and members of the loss that was minimised; null before the first epoch. */
  trainLoss: number | null;
  /** Each member's mean loss on the validation labels, that of all heads together. */
  validationLoss: number[];
};

/** All that a training needs to go on after an epoch as if it had never stopped. */
export type Checkpoint = {
  epoch: number;
  /** Where the steps are computed, which stays so to the end; null where no choice was asked for. */
  provider: ProviderChoice | null;
  state: TrainingState;
  /** The parameters of each member at its best epoch. */
  best: ModelValues;
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

export type Trained = {
  shape: HeadShape;
  values: ModelValues;
  standard: Standard;
  /** The labels of other types that it learned from. */
  usable: UsableExamples;
  bestEpochs: number[];
  history: EpochRecord[];
  /** Null where no choice was asked for. */
  provider: ProviderChoice | null;
};

/** Orders of different heads are drawn this far apart. */
const mostEpochs = 100_000;

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
  const { data, config, seed, threads = 1, hooks = {} } = given;
  requireTrainable(data.pairs);
  const lesson = lessonOf(given);
  const { shape, standard, usable, reward, heads } = lesson;
  const step = rewardStep({ shape, reward, heads, config });
  const validation = await openValidation({ ...lesson, config, threads });
  let training: Training | undefined;
  try {
    const begun = hooks.resume ?? (await firstCheckpoint(step, lesson.start(), validation.losses));
    const open = (on: Provider): Promise<Training> => openTraining({ step, state: begun.state, threads, provider: on });
    const stepsInEpoch = stepsOf(heads, config);
    const trialBatch = (): Batch => batchOf(lesson, (rows) => range(rows, 0, stepsInEpoch));
    const provider = begun.provider ?? (await hooks.chooseProvider?.(stepTrial(open, [trialBatch()]))) ?? null;
    training = await open(provider?.provider ?? "cpu").catch((cause: unknown) => {
      throw begun.provider ? goneFrom(begun.provider.provider, cause) : cause;
    });
    let checkpoint: Checkpoint = { ...begun, provider };
    while (checkpoint.epoch < config.maxEpochs && !hasEnded(checkpoint, config.patience)) {
      const epoch = { training, lesson, config, seed, stepsInEpoch, hooks };
      checkpoint = await nextCheckpoint(checkpoint, epoch, validation.losses);
      await hooks.onEpoch?.(checkpoint);
    }
    const { best, bestEpochs, history } = checkpoint;
    return { shape, values: best, standard, usable, bestEpochs, history, provider };
  } finally {
    await training?.dispose();
    await validation.dispose();
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
  lesson: Lesson;
  config: RewardConfig;
  seed: number;
  stepsInEpoch: number;
  hooks: TrainingHooks;
};

async function firstCheckpoint(
  step: TrainingStep,
  values: ModelValues,
  validate: (values: ModelValues) => Promise<number[]>,
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
  validate: (values: ModelValues) => Promise<number[]>,
): Promise<Checkpoint> {
  const epoch = before.epoch + 1;
  const trainLoss = await trainEpoch(before.state.step, epoch, given);
  const state = await given.training.read();
  const values = parametersOf(state, before.best);
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
  const { training, lesson, config, seed, stepsInEpoch, hooks } = given;
  const totalSteps = config.maxEpochs * stepsInEpoch;
  const orders = new Map(
    lesson.heads.map(({ name, train }) => {
      const place = epoch + headNames.indexOf(name) * mostEpochs;
      return [name, randomOrder(train.groups.length, streamFor(seed, "order", place))];
    }),
  );
  let sum = 0;
  await takeSteps({
    training,
    from: stepsBefore,
    steps: stepsBefore + stepsInEpoch,
    batchesAt: (step) => [
      batchOf(lesson, (rows, name) => {
        const order = orders.get(name)!;
        return range(rows, step - stepsBefore - 1, stepsInEpoch).map((place) => order[place]!);
      }),
    ],
    learningRateAt: (step) => learningRateAt(step, totalSteps, config),
    signal: hooks.signal,
    async onStep({ step, loss: total }) {
      const loss = total / config.members;
      sum += loss;
      await hooks.onStep?.({ epoch, step, totalSteps, loss });
    },
  });
  return sum / stepsInEpoch;
}

const hasEnded = ({ epoch, bestEpochs }: Checkpoint, patience: number): boolean =>
  bestEpochs.every((best) => epoch - best >= patience);

/** The parameters among the tensors of a state, by the names that they began with. */
const parametersOf = ({ tensors }: TrainingState, start: ModelValues): ModelValues =>
  Object.fromEntries(Object.keys(start).map((name) => [name, tensors[name]!])) as ModelValues;

/** `before` with the members that improved taken from `after`. */
function withMembers(before: ModelValues, after: ModelValues, improved: readonly boolean[]): ModelValues {
  if (!improved.includes(true)) return before;
  const merged = Object.keys(before).map((name) => [name, mergeMembers(before[name]!, after[name]!, improved)]);
  return Object.fromEntries(merged) as ModelValues;
}
