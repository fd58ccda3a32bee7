import { openSession } from "@/lib/graph/session";
import { quantilesOf } from "@/lib/stats/quantiles";
import { completionsOf, type TrainingData } from "./training/data";
import { scoreCompletions } from "./training/score";

/** Steps of half a per cent. */
const quantiles = 201;

/** Enough for quantiles that no reader could tell from those of all. */
const mostScored = 10_000;

/**
 * Quantiles of the rewards (of the text alone) that a version gives the completions it was trained and validated on, evenly
 * picked from where they are many. A percentile is a place among them.
 */
export async function rewardQuantiles(
  artifact: Uint8Array,
  { pairs, features, sides, width }: TrainingData,
): Promise<number[]> {
  const all = completionsOf(pairs.filter(({ split }) => split !== "test"));
  const stride = Math.ceil(all.length / mostScored);
  const picked = all.filter((_, i) => i % stride === 0);
  const session = await openSession(artifact);
  try {
    const { withoutSides } = await scoreCompletions(session, {
      features: picked.map((place) => features[place]!),
      sides: picked.map((place) => sides[place]!),
      width,
    });
    return quantilesOf(withoutSides, quantiles);
  } finally {
    await session.dispose();
  }
}
