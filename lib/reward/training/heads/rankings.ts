import {
  add,
  concat,
  exp,
  log,
  mul,
  reduceMax,
  reduceMean,
  reduceSum,
  reshape,
  softplus,
  square,
  sub,
  unsqueeze,
} from "@/lib/graph/ops";
import type { Tensor } from "@/lib/graph/tensor";
import { completionInputs, type Standard } from "../batches";
import type { RewardConfig } from "../config";
import type { TrainingData } from "../data";
import { rewardsOf, type Head as Reward, type HeadShape } from "../head";
import type { RankingExample } from "./examples";
import { inputIn, nameIn, overCells, rowsTensor, type Head, type Rows } from "./head";

const name = "rankings";

/** Taken off the reward of what is not in a stage: beyond any reward, and within float32. */
const outside = 1e9;

/**
 * Plackett-Luce for the rewards r [K, n, m] of n orders of m completions (Plackett, "The analysis of permutations", 1975),
 * one loss a stage [K, n, m]:
 *
 *     l_i = log sum_{j in B_i} e^{r_j} - r_i
 *
 * where B_i, row i of `below` [n, m, m], is i with what is ranked below it. Over the stages of an order without ties this
 * sums to its negative log-likelihood. Completions that tie are each chosen from what is below them and never from each
 * other; what their tie teaches, `tiedLoss` says.
 */
export function plackettLuceLoss(rewards: Tensor, below: Tensor): Tensor {
  const seen = add(unsqueeze(rewards, [2]), mul(sub(below, 1), outside));
  const highest = reduceMax(seen, { axes: [3], keepDims: true });
  const total = log(reduceSum(exp(sub(seen, highest)), { axes: [3] }));
  return sub(add(total, reduceSum(highest, { axes: [3] })), rewards);
}

/**
 * log(1 + e^D) - D/2 of each two completions [K, n, m, m], which a tie makes a pair of p = 1/2: the mean over all orders
 * that a tie leaves open draws the rewards together as well, but a tie of g has g! of them.
 */
export function tiedLoss(rewards: Tensor): Tensor {
  const margin = sub(unsqueeze(rewards, [3]), unsqueeze(rewards, [2]));
  return sub(softplus(margin), mul(margin, 0.5));
}

/** The overall reward, learned from rankings: the mean over stages and over tied pairs. */
export function rankingsHead(given: {
  data: TrainingData;
  examples: readonly RankingExample[];
  standard: Standard;
  shape: HeadShape;
  reward: Reward;
  config: RewardConfig;
}): Head {
  const { data, examples, standard, shape, reward, config } = given;
  const { members, width, sides } = shape;
  const most = examples.reduce((longest, { completions }) => Math.max(longest, completions.length), 0);
  const rowsOf = (split: RankingExample["split"]): Rows => {
    const rankings = examples.filter((example) => example.split === split);
    return {
      groups: rankings.map(({ group }) => group),
      batch(places) {
        const chosen = Array.from(places, (place) => padded(rankings[place]!, most));
        const completions = Uint32Array.from(chosen.flatMap((each) => each.completions));
        const { x, s } = completionInputs(data, standard, completions);
        return {
          ...{ [nameIn(name, "x")]: x, [nameIn(name, "s")]: s },
          [nameIn(name, "below")]: rowsTensor(
            chosen.map((each) => each.below),
            [most, most],
          ),
          [nameIn(name, "cells")]: rowsTensor(
            chosen.map((each) => each.cells),
            [most + most ** 2],
          ),
        };
      },
    };
  };
  return {
    name,
    completionsInRow: most,
    trained: [],
    start: () => ({}),
    loss(trunk) {
      const x = inputIn(name, "x", ["completions", width]);
      const s = inputIn(name, "s", ["completions", sides]);
      const all = rewardsOf(reward, trunk(x), s).withSides;
      const rewards = reshape(all, [members, nameIn(name, "rows"), most]);
      const stages = plackettLuceLoss(rewards, inputIn(name, "below", ["rows", most, most]));
      const ties = reshape(tiedLoss(rewards), [members, nameIn(name, "rows"), most ** 2]);
      const cells = inputIn(name, "cells", ["rows", most + most ** 2]);
      // Twice the mean square is what two independent rewards of a pair have as their sum's.
      const centre = mul(reduceMean(square(all), { axes: [1] }), 2 * config.centring);
      return {
        ...overCells(concat([stages, ties], 2), cells, inputIn(name, "weight", [members, "rows"])),
        regularisation: centre,
      };
    },
    train: rowsOf("train"),
    validation: rowsOf("validation"),
  };
}

type Padded = { completions: number[]; below: Float32Array; cells: Float32Array };

/** A ranking as `most` completions, the first one again where there are fewer: those are in no stage. */
function padded({ completions, ranks, weight }: RankingExample, most: number): Padded {
  const n = completions.length;
  const below = new Float32Array(most ** 2);
  const cells = new Float32Array(most + most ** 2);
  for (let i = 0; i < most; i++) {
    below[i * most + i] = 1;
    for (let j = 0; j < n && i < n; j++) {
      if (ranks[j]! > ranks[i]!) {
        below[i * most + j] = 1;
        cells[i] = weight;
      } else if (ranks[j] === ranks[i] && i < j) cells[most + i * most + j] = weight;
    }
  }
  return { completions: Array.from({ length: most }, (_, i) => completions[i] ?? completions[0]!), below, cells };
}
