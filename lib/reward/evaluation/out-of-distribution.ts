import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import type { RewardConfig } from "../training/config";
import { fewestPairs, isDecided, outcomeOf, pairsOf, type TrainingData } from "../training/data";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import { countDecided, drawPrompts, lightConfig, trainLightly } from "./light-training";
import type { OutOfDistribution } from "./schema";

/** Domains that are left out in turn, those with the most test pairs first. */
const mostDomains = 3;

/** Decided test pairs of a domain, at least. */
const fewestTestPairs = 20;

/**
 * For the largest domains, a model that learned from all others beside one that learned from all, on the domain's test
 * pairs: what the rewards are worth on prompts of a kind that nobody labelled. `trainedWith` are the margins of all test
 * pairs by a model of the same size, the last of the learning curve.
 */
export async function measureOutOfDistribution(given: {
  data: TrainingData;
  /** Of each pair of `data`. */
  domains: readonly (string | null)[];
  field: string | null;
  trainedWith: ArrayLike<number> | null;
  config: RewardConfig;
  seed: number;
}): Promise<OutOfDistribution> {
  const { data, field, trainedWith, seed } = given;
  const skip = (skipped: string): OutOfDistribution => ({ field, domains: [], skipped });
  if (field === null) return skip("The instances name no domain, or a single one.");
  if (trainedWith === null) return skip("There are too few pairs to measure it.");
  const domainOf = new Map(data.pairs.map((pair, i) => [pair, given.domains[i]!]));
  const test = pairsOf(data.pairs, "test");
  const found: OutOfDistribution["domains"] = [];
  for (const domain of largestDomains(test.filter(isDecided).map((pair) => domainOf.get(pair)!))) {
    const others = data.pairs.filter((pair) => pair.split !== "test" && domainOf.get(pair) !== domain);
    const train = drawPrompts(pairsOf(others, "train"), 1, seed);
    const validation = drawPrompts(pairsOf(others, "validation"), 1, seed);
    if (countDecided(train) < fewestPairs.train || countDecided(validation) < fewestPairs.validation) continue;
    const places = test.flatMap((pair, i) => (isDecided(pair) && domainOf.get(pair) === domain ? [i] : []));
    const judged = places.map((i) => test[i]!);
    const config = lightConfig(given.config);
    const { mean } = await trainLightly({ data, pairs: [...train, ...validation], judged, config, seed });
    const without = judged.map((pair, i) => creditOf(mean[i]!, outcomeOf(pair)));
    const withIt = judged.map((pair, i) => creditOf(trainedWith[places[i]!]!, outcomeOf(pair)));
    const estimate = (values: readonly number[]): Estimate =>
      meanByGroup(
        values,
        judged.map(({ group }) => group),
        { random: streamFor(seed, "evaluation", 14) },
      )!;
    found.push({
      domain,
      trainedWithout: estimate(without),
      trainedWith: estimate(withIt),
      difference: estimate(without.map((credit, i) => credit - withIt[i]!)),
    });
  }
  if (found.length > 0) return { field, domains: found, skipped: null };
  return skip(`No domain has ${fewestTestPairs} decided test pairs and enough pairs of others to learn from.`);
}

function largestDomains(domains: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const domain of domains) if (domain !== null) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= fewestTestPairs)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostDomains)
    .map(([domain]) => domain);
}
