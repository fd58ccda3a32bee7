import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import { writeDense } from "@/lib/encoders/sparse";
import { votesOf } from "@/lib/labels/votes";
import { openFeatureEncoder, type FeatureEncoder } from "../feature-encoder";
import type { Spare } from "../failures/spare";
import type { TrainerJob } from "../trainer-protocol";
import type { TrainedRewardModel } from "../training/train-reward-model";
import type { LoadedData } from "../training-data";
import { agreeWithAnnotators } from "./annotators";
import { measureBestOfN, type QualityGroup } from "./best-of-n";
import { measureBias } from "./bias";
import { measureCeiling } from "./ceiling";
import { measureConsistency } from "./consistency";
import { measureLearningCurve } from "./learning-curve";
import { loadCorrectness } from "./load-correctness";
import { loadGoodAnswers } from "./load-good-answers";
import { loadRated } from "./load-rated";
import { measureOneToMany, type CorrectnessGroup } from "./one-to-many";
import { measureOutOfDistribution } from "./out-of-distribution";
import type { LoadedFacts } from "./pair-facts";
import type { BestOfN, Consistency, EvaluationMetrics, OneToMany } from "./schema";
import { measureSlices, slicedPairs, testPlaces } from "./slices";
import { textScorer, type PromptedText, type ScoreTexts } from "./text-scorer";

type Given = {
  job: TrainerJob;
  data: LoadedData;
  facts: LoadedFacts;
  trained: Pick<TrainedRewardModel, "model" | "predicted">;
  artifact: Uint8Array;
  spare: Spare;
};

/**
 * Measures a version on the held-out part: by slices, beside what people agree on, with each annotator, by how much it
 * learned from, on domains that it never saw, one right answer against all wrong ones, and what it owes to length. What is
 * trained for it has a bounded number of pairs, members and epochs, and the texts that are encoded for it are bounded too; what
 * an encoder does not read of them is spared.
 */
export async function evaluateVersion(given: Given): Promise<EvaluationMetrics> {
  const started = performance.now();
  const { data, facts, trained, job } = given;
  const { seed } = job;
  const { margins, pairs, logLengthRatios } = trained.predicted;
  const test = testPlaces(data);
  const groups = pairs.map(({ group }) => group);
  const origins = test.map((i) => data.origins[i]!);
  const sliced = slicedPairs(data, facts.pairs, logLengthRatios);
  const light = { data, config: job.config.training, seed };
  const { curve, margins: trainedWith } = await measureLearningCurve(light);
  const rightAnswers = await given.spare("one-to-many", () => measureRightAnswers(given));
  return {
    ...measureSlices({ pairs: sliced, margins: margins.withSides, seed }),
    ceiling: measureCeiling({
      votes: origins.map(({ labels }) => votesOf(labels)),
      ...{ margins: margins.withSides, groups, seed },
    }),
    annotators: agreeWithAnnotators({ origins, margins: margins.withSides, groups, seed }),
    learningCurve: curve,
    outOfDistribution: await measureOutOfDistribution({
      ...light,
      ...{ domains: facts.pairs.map(({ domain }) => domain), field: facts.domainField, trainedWith },
    }),
    oneToMany: rightAnswers?.oneToMany ?? null,
    bestOfN: rightAnswers?.bestOfN ?? null,
    consistency: await given.spare("consistency", () => measureOnPrompts(given)),
    bias: measureBias({ pairs, sides: data.sides, margins, model: trained.model }),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The best of n by correctness where it is known of any prompt, else by ratings. */
async function measureRightAnswers({
  job,
  artifact,
}: Given): Promise<{ oneToMany: OneToMany; bestOfN: BestOfN | null }> {
  const [correctness, rated] = await throughOutage(() =>
    Promise.all([loadCorrectness(prisma, job), loadRated(prisma, { ...job, heads: job.config.heads })]),
  );
  return await withEncoder(job, async (encoder) => {
    const score = textScorer({ artifact, encoder });
    const groups = await withRewards(correctness, score);
    return {
      oneToMany: measureOneToMany(groups, job.seed),
      bestOfN:
        groups.length > 0
          ? measureBestOfN(groups.map(qualityOfRight), { by: "correctness", seed: job.seed })
          : measureBestOfN(await withRewards(rated, score), { by: "rating", seed: job.seed }),
    };
  });
}

async function measureOnPrompts({ job, data, artifact }: Given): Promise<Consistency> {
  const good = await throughOutage(() => loadGoodAnswers(prisma, { projectId: job.projectId, data }));
  return await withEncoder(job, async (encoder) => {
    const vectors = await denseVectors(
      encoder,
      good.map(({ prompt }) => prompt),
    );
    return await measureConsistency({ good, vectors, score: textScorer({ artifact, encoder }) });
  });
}

async function withEncoder<Result>(
  { projectId, config }: TrainerJob,
  action: (encoder: FeatureEncoder) => Promise<Result>,
): Promise<Result> {
  const encoder = await openFeatureEncoder({ projectId, config: config.encoder });
  try {
    return await action(encoder);
  } finally {
    await encoder.close();
  }
}

/** Each prompt with the rewards of its completions. */
async function withRewards<P extends { texts: PromptedText[] }>(
  prompts: readonly P[],
  score: ScoreTexts,
): Promise<(P & { rewards: Float32Array })[]> {
  const rewards = await score(prompts.flatMap(({ texts }) => texts));
  let start = 0;
  return prompts.map((prompt) => {
    start += prompt.texts.length;
    return { ...prompt, rewards: rewards.subarray(start - prompt.texts.length, start) };
  });
}

const qualityOfRight = ({ promptHash, rewards, isRight }: CorrectnessGroup): QualityGroup => ({
  ...{ promptHash, rewards, quality: isRight.map(Number) },
});

async function denseVectors(encoder: FeatureEncoder, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors = await encoder.encode(texts, { keeps: false });
  return vectors.map((vector) => {
    const dense = new Float32Array(encoder.width);
    writeDense(vector, dense, 0, encoder.width);
    return dense;
  });
}
