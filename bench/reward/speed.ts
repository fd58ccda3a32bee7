import os from "node:os";
import { sideFeatureNames } from "@/lib/encoders/side-features";
import { rewardDefaults } from "@/lib/reward/training/config";
import type { TrainingData, TrainingPair } from "@/lib/reward/training/data";
import { normal } from "@/lib/reward/training/sampling";
import { trainRewardModel } from "@/lib/reward/training/train-reward-model";
import { sigmoid } from "@/lib/stats/logistic";
import { seededRandom, type Random } from "@/lib/stats/random";

const pairCount = 50_000;
const prompts = 10_000;
const width = 384;

/** How long a training takes on 50,000 pairs whose vectors are there, of as many numbers as all-MiniLM-L6-v2 makes. */
export async function measureSpeed(): Promise<object> {
  const data = madeData(seededRandom(1));
  let steps = 0;
  const before = performance.now();
  const { bestEpochs, history, evaluation } = await trainRewardModel({
    ...{ ...data, config: rewardDefaults, seed: 1 },
    onStep: () => void steps++,
  });
  return {
    ...{ pairs: pairCount, width, steps, epochs: history.length - 1, best_epochs: bestEpochs },
    accuracy: evaluation.withSides.accuracy?.mean,
    seconds: Math.round((performance.now() - before) / 100) / 10,
    cores: os.availableParallelism(),
  };
}

/** A linear taste with a Bradley-Terry coin on top: two random unit vectors a pair. */
function madeData(random: Random): TrainingData {
  const taste = Float32Array.from({ length: width }, () => 3 * normal(random));
  const features = Array.from({ length: 2 * pairCount }, () => unitVector(random));
  const rewards = features.map((vector) => vector.reduce((sum, value, i) => sum + value * taste[i]!, 0));
  const pairs = Array.from({ length: pairCount }, (_, i): TrainingPair => {
    const group = i % prompts;
    const isFirst = random() < sigmoid(rewards[2 * i]! - rewards[2 * i + 1]!);
    const part = group % 5;
    return {
      ...{ first: 2 * i, second: 2 * i + 1, group, weight: 1, strength: isFirst ? 1 : -1 },
      split: part === 0 ? "test" : part === 1 ? "validation" : "train",
    };
  });
  const sides = features.map(() => sideFeatureNames.map(() => normal(random)));
  return { pairs, features, width, sides };
}

function unitVector(random: Random): Float32Array {
  const vector = Float32Array.from({ length: width }, () => normal(random));
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}
