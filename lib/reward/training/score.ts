import type { FeatureVector } from "@/lib/encoders/sparse";
import { exportModel } from "@/lib/graph/export";
import { div, reduceMean, sub, transpose } from "@/lib/graph/ops";
import type { Session } from "@/lib/graph/session";
import { constant, input, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { isDenseOutput, noPieces, piecesInput } from "@/lib/reward/dense/outputs";
import { denseFeatures, denseSides, runsOf, type Standard } from "./batches";
import type { TrainingData } from "./data";
import { headParameters, hiddenOf, rewardsOf, type HeadShape, type ModelValues } from "./head";

/** A trained ensemble with all that serving it needs. */
export type RewardModel = {
  shape: HeadShape;
  values: ModelValues;
  standard: Standard;
  /** Rewards are divided by these, so that sigmoid(r_1 - r_2) is a calibrated probability. */
  temperatures: { withoutSides: number; withSides: number };
};

/** What a version says of completions beside their rewards: outputs [n, c] of the same file, from parameters of its own. */
export type ArtifactPart = {
  outputs: (inputs: PartInputs) => Readonly<Record<string, Tensor>>;
  values: Readonly<Record<string, HostTensor>>;
};

/** What a part is given: features as they are, standardised side features, and the members' hidden units [K, n, h]. */
export type PartInputs = { features: Tensor; sides: Tensor; hidden: Tensor };

/** Rewards of n completions: of the text alone, and with the nuisance branch; of the ensemble [n] and its members [k][n]. */
export type CompletionRewards = {
  withoutSides: Float32Array;
  withSides: Float32Array;
  membersWithoutSides: Float32Array[];
  membersWithSides: Float32Array[];
  /** What the file's parts say, by the name of the output: a row of c numbers for each completion. */
  parts: Record<string, Float32Array[]>;
};

/**
 * The model as one .onnx file. Inputs: `features` [n, D], the encoder's vectors, and `sides` [n, S], the side features as
 * measured. Outputs: `reward` and `reward_with_sides` [n], the members' means; `members` and `members_with_sides` [n, K];
 * and those of `parts`.
 */
export function exportRewardModel(
  model: RewardModel,
  metadata: Readonly<Record<string, string>> = {},
  parts: readonly ArtifactPart[] = [],
): Uint8Array {
  const { shape, values, standard, temperatures } = model;
  const features = input("features", ["n", shape.width]);
  const sides = input("sides", ["n", shape.sides]);
  const means = constant(standard.means, [shape.sides]);
  const standardised = div(sub(sides, means), constant(standard.deviations, [shape.sides]));
  const head = headParameters(shape);
  const hidden = hiddenOf(head, features);
  const raw = rewardsOf(head, hidden, standardised);
  const members = transpose(div(raw.withoutSides, temperatures.withoutSides));
  const membersWithSides = transpose(div(raw.withSides, temperatures.withSides));
  const mean = (tensor: Tensor): Tensor => reduceMean(tensor, { axes: [1] });
  return exportModel({
    name: "reward_model",
    outputs: {
      reward: mean(members),
      reward_with_sides: mean(membersWithSides),
      members,
      members_with_sides: membersWithSides,
      ...Object.assign({}, ...parts.map(({ outputs }) => outputs({ features, sides: standardised, hidden }))),
    },
    values: Object.assign({ ...values }, ...parts.map((part) => part.values)),
    metadata,
  });
}

/**
 * Scores completions with a session of an exported reward model. The encoder and its width must be those it was trained on.
 * A file with a gate between aspects weighs them by `prompts`, one vector a completion; without any, as for an empty prompt.
 */
export async function scoreCompletions(
  session: Session,
  {
    features,
    sides,
    width,
    prompts,
  }: Pick<TrainingData, "features" | "sides" | "width"> & { prompts?: readonly FeatureVector[] | undefined },
): Promise<CompletionRewards> {
  const promptsAt = (places: readonly number[]): HostTensor =>
    prompts
      ? denseFeatures({ features: prompts, width }, places)
      : { dtype: "float32", shape: [places.length, width], data: new Float32Array(places.length * width) };
  const n = features.length;
  const scored: CompletionRewards = {
    withoutSides: new Float32Array(n),
    withSides: new Float32Array(n),
    membersWithoutSides: [],
    membersWithSides: [],
    parts: {},
  };
  const wanted = session.outputNames.filter((name) => !isDenseOutput(name));
  for (const { start, places } of runsOf(Array.from(features.keys()))) {
    const inputs = {
      features: denseFeatures({ features, width }, places),
      sides: denseSides(places.map((place) => sides[place]!)),
      ...(session.inputNames.includes("prompts") && { prompts: promptsAt(places) }),
      ...(session.inputNames.includes(piecesInput) && noPieces(width)),
    };
    const outputs = await session.run(inputs, wanted);
    scored.withoutSides.set(outputs["reward"]!.data as Float32Array, start);
    scored.withSides.set(outputs["reward_with_sides"]!.data as Float32Array, start);
    copyMembers(outputs["members"]!, scored.membersWithoutSides, start, n);
    copyMembers(outputs["members_with_sides"]!, scored.membersWithSides, start, n);
    for (const name of Object.keys(outputs).filter((each) => !ownOutputs.has(each))) {
      (scored.parts[name] ??= []).push(...rowsOf(outputs[name]!));
    }
  }
  return scored;
}

const ownOutputs = new Set(["reward", "reward_with_sides", "members", "members_with_sides"]);

function rowsOf({ shape, data }: HostTensor): Float32Array[] {
  const [rows, width] = shape as [number, number];
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from({ length: width }, (__, column) => Number(data[row * width + column])),
  );
}

/** Copies rewards [rows, K] into the members' lists [k][n], from `start` on. */
function copyMembers({ shape, data }: HostTensor, lists: Float32Array[], start: number, n: number): void {
  const [rows, members] = shape as [number, number];
  for (let member = 0; member < members; member++) {
    const list = (lists[member] ??= new Float32Array(n));
    for (let row = 0; row < rows; row++) list[start + row] = Number(data[row * members + member]);
  }
}
