import { outputNames } from "../training/heads/output-names";
import type { HeadMetrics, HeadScores } from "./schema";

/** What a version's heads say of a completion, from its file's outputs. */
export function headScoresOf(parts: Readonly<Record<string, number[]>>, heads: HeadMetrics | null): HeadScores {
  if (!heads) return { aspects: [], ratings: [], binary: [], gated: null };
  const numbers = (name: string): number[] => parts[name]!;
  const { aspects, gate } = outputNames;
  return {
    aspects: heads.aspects.map(({ aspect }, column) => ({
      aspect,
      reward: numbers(aspects.withoutSides)[column]!,
      rewardWithSides: numbers(aspects.withSides)[column]!,
    })),
    ratings: heads.ratings.map(({ question, aspect, names, centres }, column) => {
      const probabilities = numbers(outputNames.rating(column));
      return {
        ...{ question, aspect },
        expected: centres.reduce((sum, centre, i) => sum + centre * probabilities[i]!, 0),
        probabilities: centres.map((centre, i) => ({ value: names?.[i] ?? centre, probability: probabilities[i]! })),
      };
    }),
    binary: heads.binary.map(({ question, kind }, column) => {
      return { question, kind, probability: numbers(outputNames.binary)[column]! };
    }),
    gated: heads.gate && {
      reward: numbers(gate.withoutSides)[0]!,
      rewardWithSides: numbers(gate.withSides)[0]!,
    },
  };
}
