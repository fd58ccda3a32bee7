import { prisma } from "@/lib/db/client";
import type { RewardModel as StoredModel } from "@/lib/db/generated/client";
import { hashedEncoderVersion } from "@/lib/encoders/hashed";
import { sideFeatureNames } from "@/lib/encoders/side-features";
import { denseDefaults } from "@/lib/reward/dense/config";
import type { ModelMetrics } from "@/lib/reward/schema";
import { rewardDefaults } from "@/lib/reward/training/config";
import { featureMask, startValues, type HeadShape } from "@/lib/reward/training/head";
import { normal, streamFor } from "@/lib/reward/training/sampling";
import { exportRewardModel, type ArtifactPart, type RewardModel } from "@/lib/reward/training/score";

/** A version that scores, with random weights by its seed instead of a training; it has no gate, and no metrics unless given. */
export async function aRewardModel(
  projectId: string,
  given: {
    version?: number;
    isActive?: boolean;
    seed?: number;
    metrics?: Partial<Pick<ModelMetrics, "rewardQuantiles" | "heads">>;
    parts?: readonly ArtifactPart[];
  } = {},
): Promise<StoredModel & { artifact: Uint8Array }> {
  const { version = 1, isActive = true, seed = 1, metrics = {}, parts = [] } = given;
  const training = { ...rewardDefaults, members: 3, hidden: 4 };
  const config = {
    ...{ encoder: { version: hashedEncoderVersion, width: 1024 }, question: null, aspect: "overall", lmWeight: 0.5 },
    training,
    dense: { ...denseDefaults, neutralSteps: "good", stepCut: "blank-line" },
  };
  const artifact = Uint8Array.from(exportRewardModel(randomModel(training, seed), {}, parts));
  const model = await prisma.rewardModel.create({
    data: {
      ...{ projectId, version, isActive, seed, config, metrics, gate: {}, artifact },
      ...{ snapshotId: projectId, runId: projectId },
    },
  });
  return { ...model, artifact };
}

function randomModel({ members, hidden }: Pick<HeadShape, "members" | "hidden">, seed: number): RewardModel {
  const sides = sideFeatureNames.length;
  const shape = { members, hidden, width: 1024, sides };
  const mask = featureMask(shape, 0.3, seed);
  const sideWeights = Array.from({ length: members }, () => [0.5, 0, 0, 0]);
  const values = startValues({ shape, mask, sideWeights, seed });
  const random = streamFor(seed, "start", members);
  const w2 = { ...values.w2, data: Float32Array.from({ length: members * hidden }, () => 40 * normal(random)) };
  return {
    shape,
    values: { ...values, w2 },
    standard: { means: [4, 0, 0, 0], deviations: [1, 1, 1, 1] },
    temperatures: { withoutSides: 1, withSides: 2 },
  };
}
