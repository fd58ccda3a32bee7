import { memberParameter } from "@/lib/graph/ensemble";
import { add, mul, neg, reduceMean, reduceSum, reshape, softplus, square, sub, unsqueeze } from "@/lib/graph/ops";
import { constant, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { completionInputs, gather, type Standard } from "../batches";
import type { RewardConfig } from "../config";
import { isDecided, pairsOf, type TrainingData, type TrainingPair } from "../data";
import { rewardsOf, type Head as Reward, type HeadShape } from "../head";
import { alike, inputIn, nameIn, overCells, type Head, type Rows } from "./head";

const name = "pairs";
export const logNuName = nameIn(name, "log_nu");

/** Ties among the training pairs from which on their frequency is learned. */
export const fewestTies = 50;

/** How much faster log nu learns than the weights: it is one number, and starts near where it belongs. */
const nuLearningRateScale = 5;

/** Whether ties are an outcome of their own, as Davidson's model has them, or halves of both others. */
export function learnsTies(pairs: readonly TrainingPair[], { ties }: Pick<RewardConfig, "ties">): boolean {
  const train = pairsOf(pairs, "train");
  return ties === "davidson" && train.length - train.filter(isDecided).length >= fewestTies;
}

/**
 * -log P of pairs with margins D [K, n], soft targets p and ties t (1 for a tie, else 0) by the model of Davidson ("On
 * extending the Bradley-Terry model to accommodate ties in paired comparison experiments", 1970), in which
 *
 *     P(first) = a / (a + b + nu sqrt(ab))     P(tie) = nu sqrt(ab) / (a + b + nu sqrt(ab))     D = log a - log b
 *
 * With u = log(e^(D/2) + e^(-D/2)) = softplus(D) - D/2 this is
 *
 *     (1 - t) log nu + softplus(u - log nu) - (p - 1/2) D
 */
export function davidsonLoss(margin: Tensor, target: Tensor, tie: Tensor, logNu: Tensor): Tensor {
  const u = sub(softplus(margin), mul(margin, 0.5));
  const normaliser = add(mul(add(neg(tie), 1), logNu), softplus(sub(u, logNu)));
  return sub(normaliser, mul(sub(target, 0.5), margin));
}

/** log(1 + e^D) - p D: Bradley-Terry, in which a tie is p = 1/2. */
export const bradleyTerryLoss = (margin: Tensor, target: Tensor): Tensor => sub(softplus(margin), mul(target, margin));

/** The overall reward, learned from pairs. Each member may have targets of its own. */
export function pairsHead(given: {
  data: TrainingData;
  standard: Standard;
  shape: HeadShape;
  reward: Reward;
  config: RewardConfig;
  targetsOf: (pairs: readonly TrainingPair[]) => readonly Float32Array[];
}): Head {
  const { data, standard, shape, reward, config, targetsOf } = given;
  const { members, width, sides } = shape;
  const train = pairsOf(data.pairs, "train");
  const isDavidson = learnsTies(data.pairs, config);
  const hasMargins = data.pairs.some(({ margin }) => margin !== undefined);
  const logNu = memberParameter(logNuName, members, [1]);
  const tieShare = train.filter((pair) => !isDecided(pair)).length / train.length;
  const rowsOf = (pairs: readonly TrainingPair[]): Rows => {
    const targets = targetsOf(pairs);
    return {
      groups: pairs.map(({ group }) => group),
      batch(places) {
        const chosen = Array.from(places, (place) => pairs[place]!);
        const { x, s } = completionInputs(data, standard, bothOf(chosen));
        return {
          ...{ [nameIn(name, "x")]: x, [nameIn(name, "s")]: s, [nameIn(name, "target")]: gather(targets, places) },
          [nameIn(name, "cells")]: numbersOf(chosen, [chosen.length, 1], ({ weight }) => weight),
          ...(isDavidson && {
            [nameIn(name, "tie")]: numbersOf(chosen, [chosen.length], (pair) => Number(!isDecided(pair))),
          }),
          // By how much the first has to lead: adaptive margins (lib/reward/noise).
          ...(hasMargins && { [nameIn(name, "lead")]: numbersOf(chosen, [chosen.length], ({ margin = 0 }) => margin) }),
        };
      },
    };
  };
  return {
    name,
    completionsInRow: 2,
    trained: isDavidson ? [{ parameter: logNu, weightDecay: 0, learningRateScale: nuLearningRateScale }] : [],
    // Where the margins are 0 the share of ties is nu / (2 + nu).
    start: () => (isDavidson ? alike(logNu, [Math.log((2 * tieShare) / (1 - tieShare))]) : {}),
    loss(trunk) {
      const x = inputIn(name, "x", ["completions", width]);
      const s = inputIn(name, "s", ["completions", sides]);
      const target = inputIn(name, "target", [members, "rows"]);
      const all = rewardsOf(reward, trunk(x), s).withSides;
      const halves = reshape(all, [members, 2, nameIn(name, "rows")]);
      const lead = firstLessSecond(halves);
      const margin = hasMargins ? sub(lead, inputIn(name, "lead", ["rows"])) : lead;
      const losses = isDavidson
        ? davidsonLoss(margin, target, inputIn(name, "tie", ["rows"]), logNu)
        : bradleyTerryLoss(margin, target);
      const centre = reduceMean(square(reduceSum(halves, { axes: [1] })), { axes: [1] });
      return {
        ...overCells(
          unsqueeze(losses, [2]),
          inputIn(name, "cells", ["rows", 1]),
          inputIn(name, "weight", [members, "rows"]),
        ),
        regularisation: mul(centre, config.centring),
      };
    },
    train: rowsOf(train),
    validation: rowsOf(pairsOf(data.pairs, "validation")),
  };
}

/** Margins [K, n, ...] of rewards [K, 2, n, ...], those of the first completions before those of the second. */
export function firstLessSecond(halves: Tensor): Tensor {
  const signs = constant([1, -1], [2, ...halves.shape.slice(2).map(() => 1)]);
  return reduceSum(mul(halves, signs), { axes: [1] });
}

/** The first completions of pairs, then the second. */
export function bothOf(pairs: readonly Pick<TrainingPair, "first" | "second">[]): Uint32Array {
  const places = new Uint32Array(2 * pairs.length);
  pairs.forEach(({ first, second }, i) => {
    places[i] = first;
    places[pairs.length + i] = second;
  });
  return places;
}

/** A number of each pair as a tensor. */
function numbersOf(
  pairs: readonly TrainingPair[],
  shape: readonly number[],
  of: (pair: TrainingPair) => number,
): HostTensor {
  return { dtype: "float32", shape, data: Float32Array.from(pairs, of) };
}
