import type { Propensities } from "../decide";
import type { RouteCounts } from "../schema";

/**
 * Decisions of one version of a policy, by route: about how many instances it decided, and of how many its decision is the
 * last, because they were labelled or held when the next version was applied.
 */
export type Tally = { decided: RouteCounts; settled: RouteCounts };

/** How many instances one of the sample stands for: of those that people label, both counting as people's, and that AI does. */
export type Weights = { people: number; ai: number };

/**
 * Inverse-propensity weights where instances are drawn anew by each version of a policy until somebody labels them. A drawn
 * instance tells of itself, and of those of its version's that went another way. Of n instances like it the version sent
 * n pi(human) to people, n pi(lm) to AI and n pi(dual) to both; of each a share was settled before the next version, soon
 * for AI and late for people, and of the drawn a share has labels by both. So it stands for
 *
 *   settled(dual) / labelled  of the drawn,
 *   pi(human) / pi(dual) x settled(human) / decided(human) x decided(dual) / labelled  of what went to people, and so for AI.
 *
 * Where every decision is settled and every drawn instance labelled, that is 1 / pi(dual) in all. What a later version
 * draws anew would count twice if the last decision's 1 / pi(dual) were taken: it is what waits for people. This takes
 * settling and labelling to depend on version and route alone, as they do where people work through a queue.
 */
export function weigh(
  propensities: Propensities,
  { decided, settled, labelled }: Tally & { labelled: number },
): Weights {
  const share = (route: "human" | "lm"): number =>
    decided[route] === 0 ? 0 : (propensities[route] * settled[route]) / decided[route];
  const each = decided.dual / (propensities.dual * labelled);
  return { people: settled.dual / labelled + share("human") * each, ai: share("lm") * each };
}
