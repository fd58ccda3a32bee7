import type { Random } from "@/lib/stats/random";
import { aggregateSteps } from "./aggregate-steps";
import type { DenseData } from "./data";
import { figureOf, share } from "./figures";
import { stepAggregations, type OneToManyView } from "./schema";

type Outcome = DenseData["outcomes"][number];
type Scored = { isRight: boolean; score: number };

/**
 * How well the score of the steps tells right solutions of a prompt from wrong ones, by every rule of aggregation
 * (RewardMATH: one right against many wrong), on the prompts of the test part that have both. Null where there are none.
 */
export function measureOneToMany(given: {
  outcomes: readonly Outcome[];
  /** P(good) of the rows that the outcomes refer to. */
  good: readonly number[];
  random: () => Random;
}): OneToManyView | null {
  const { outcomes, good, random } = given;
  const prompts = byGroup(outcomes).filter(
    (own) => own.some(({ isRight }) => isRight) && own.some(({ isRight }) => !isRight),
  );
  if (prompts.length === 0) return null;
  const meanOf = (values: readonly number[]) =>
    figureOf(
      values.map((value, i) => ({ group: i, counts: [value, 1] })),
      share,
      random(),
    )!;
  const rights = prompts.map((own) => own.filter(({ isRight }) => isRight).length / own.length);
  return {
    prompts: prompts.length,
    solutions: prompts.reduce((sum, own) => sum + own.length, 0) / prompts.length,
    chance: rights.reduce((sum, value) => sum + value, 0) / rights.length,
    by: stepAggregations.map((aggregation) => {
      const found = prompts.map((own) =>
        rankSolutions(
          own.map(({ isRight, from, to }) => ({
            isRight,
            // A solution without steps has nothing to speak for it.
            score: aggregateSteps(good.slice(from, to), aggregation) ?? -Infinity,
          })),
        ),
      );
      return {
        aggregation,
        accuracy: meanOf(found.map(({ isAhead }) => Number(isAhead))),
        reciprocalRank: meanOf(found.map(({ reciprocalRank }) => reciprocalRank)),
        bestOfN: meanOf(found.map(({ bestOfN }) => bestOfN)),
      };
    }),
  };
}

function byGroup(outcomes: readonly Outcome[]): Outcome[][] {
  const groups = new Map<number, Outcome[]>();
  for (const outcome of outcomes) groups.set(outcome.group, [...(groups.get(outcome.group) ?? []), outcome]);
  return [...groups.values()];
}

/**
 * Whether the best right solution is strictly above every wrong one; 1 / rank of it, with rank 1 + the wrong ones that are not
 * below it, so that ties hurt; and the share of right ones among those with the best score of all.
 */
export function rankSolutions(solutions: readonly Scored[]): {
  isAhead: boolean;
  reciprocalRank: number;
  bestOfN: number;
} {
  const scoresOf = (wanted: boolean) => solutions.flatMap(({ isRight, score }) => (isRight === wanted ? [score] : []));
  const bestRight = Math.max(...scoresOf(true));
  const notBelow = scoresOf(false).filter((score) => score >= bestRight).length;
  const top = Math.max(...solutions.map(({ score }) => score));
  const winners = solutions.filter(({ score }) => score === top);
  return {
    isAhead: notBelow === 0,
    reciprocalRank: 1 / (1 + notBelow),
    bestOfN: winners.filter(({ isRight }) => isRight).length / winners.length,
  };
}
