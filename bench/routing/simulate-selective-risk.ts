import { seededRandom } from "@/lib/stats/random";
import { trySelectiveRisk } from "@/lib/stats/selective-risk-trial";
import { wilson } from "@/lib/stats/wilson";

/** By name, what a judge's labels of a confidence are wrong with. */
const judges: Readonly<Record<string, (confidence: number) => number>> = {
  knows_its_errors: (confidence) => 0.3 * (1 - confidence) ** 2,
  knows_some: (confidence) => 0.25 - 0.2 * confidence,
  knows_none: () => 0.15,
  at_the_bound: () => 0.1 + 1e-9,
  always_bad: () => 0.4,
};
const settings = [
  { labels: 100, alpha: 0.1, delta: 0.1 },
  { labels: 400, alpha: 0.1, delta: 0.1 },
  { labels: 400, alpha: 0.05, delta: 0.1 },
  { labels: 1500, alpha: 0.05, delta: 0.05 },
];

/**
 * How often the rule breaks its promise, that the error of what it leaves to AI is at most alpha, where it may with a share
 * delta of the repetitions; how often it leaves nothing to AI, and how much it does on average.
 */
export function simulateSelectiveRisk({ seed, repetitions }: { seed: number; repetitions: number }): object[] {
  const random = seededRandom(seed);
  return Object.entries(judges).flatMap(([judge, errorAt]) =>
    settings.map(({ labels, alpha, delta }) => {
      const { violations, ...rest } = trySelectiveRisk({ repetitions, labels, alpha, delta, errorAt, random });
      const { low, high } = wilson(Math.round(violations * repetitions), repetitions)!;
      // At the bound itself the true rate is about delta: so many repetitions may show a little more.
      const kept = { violations, violations_interval: [low, high], is_kept: low <= delta };
      return { judge, labels, alpha, delta, repetitions, ...kept, ...rest };
    }),
  );
}
