import type { GraphDefinition } from "@/lib/graph/layout";
import { add, mul, reduceSum } from "@/lib/graph/ops";
import { input } from "@/lib/graph/tensor";
import { trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import type { RewardConfig } from "./config";
import { hiddenOf, type Head as Reward, type HeadShape } from "./head";
import { meanLoss, type Head } from "./heads/head";

/**
 * The training step of an ensemble with its heads. Fed with each head's inputs and `mask` [K, D, 1], 0 for the features
 * hidden from a member:
 *
 *     L = sum_k sum_t w_t L_kt
 *
 * with L_kt member k's mean loss on what is in the batch for head t.
 */
export function rewardStep(given: {
  shape: HeadShape;
  reward: Reward;
  heads: readonly Head[];
  config: RewardConfig;
}): TrainingStep {
  const { shape, reward, heads, config } = given;
  const { weightDecay, headWeights } = config;
  const mask = input("mask", [shape.members, shape.width, 1]);
  const seen = { w1: mul(reward.w1, mask), b1: reward.b1 };
  const terms = heads.map((head) => {
    const loss = head.loss((x) => hiddenOf(seen, x));
    const mean = meanLoss(loss);
    return mul(loss.regularisation ? add(mean, loss.regularisation) : mean, headWeights[head.name]);
  });
  return trainingStep({
    name: "reward_step",
    loss: reduceSum(terms.reduce((sum, term) => add(sum, term))),
    trained: [
      { parameter: reward.w1, weightDecay },
      { parameter: reward.b1, weightDecay: 0 },
      { parameter: reward.w2, weightDecay },
      { parameter: reward.b2, weightDecay: 0 },
      { parameter: reward.ws, weightDecay },
      ...heads.flatMap(({ trained }) => trained),
    ],
  });
}

/** A head's loss under parameters that are fed, as `sum` [K] and `mass` [1]: the forward pass by which validation is measured. */
export function lossGraph(reward: Reward, head: Head): GraphDefinition {
  const { sum, mass } = head.loss((x) => hiddenOf(reward, x));
  return { name: `${head.name}_loss`, outputs: { sum, mass } };
}
