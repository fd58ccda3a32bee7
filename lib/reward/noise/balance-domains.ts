import { isDecided, type TrainingPair } from "../training/data";

/**
 * Training pairs weighed by the inverse of how many decided pairs their domain has, so that domains count alike; within a
 * factor of four either way, as a few pairs must not stand for a whole. Pairs without a domain are one of their own.
 */
export function balanceDomains(pairs: readonly TrainingPair[], domains: readonly (string | null)[]): TrainingPair[] {
  const counts = new Map<string | null, number>();
  pairs.forEach((pair, i) => {
    if (pair.split === "train" && isDecided(pair)) counts.set(domains[i]!, (counts.get(domains[i]!) ?? 0) + 1);
  });
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return pairs.map((pair, i) => {
    const count = counts.get(domains[i]!);
    if (pair.split !== "train" || count === undefined) return pair;
    const factor = Math.min(4, Math.max(1 / 4, all / (counts.size * count)));
    return { ...pair, weight: factor * pair.weight };
  });
}
