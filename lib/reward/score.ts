import type { Access } from "@/lib/auth/access";
import { sigmoid } from "@/lib/stats/logistic";
import { loadActiveScorer, loadScorer } from "./active";
import { noSuchModel } from "./queries";
import type { ScoreInput, ScoreOutput } from "./schema";

/**
 * Rewards of completions by one version, or by the active one. Rewards are comparable within a prompt only. Throws
 * `not_found` when there is no such version, or none is active.
 */
export async function scoreTexts(
  access: Access<"reward:read">,
  id: string,
  { items }: ScoreInput,
): Promise<ScoreOutput> {
  const { projectId, slug } = access;
  const scorer = await (id === "active" ? loadActiveScorer(projectId) : loadScorer(projectId, id));
  if (!scorer) throw noSuchModel(slug, id);
  try {
    const texts = items.flatMap(({ prompt, messages, completions }) => {
      const asked = prompt ?? messages!.map(({ content }) => content).join("\n\n");
      return completions.map((completion) => ({ prompt: asked, completion }));
    });
    const scores = await scorer.score(texts);
    let place = 0;
    const scored = items.map(({ completions }) => {
      const mine = scores.slice(place, (place += completions.length));
      return { completions: mine, firstPreferred: mine.length === 2 ? preference(mine[0]!, mine[1]!) : null };
    });
    return { version: scorer.version, items: scored };
  } finally {
    await scorer.close();
  }
}

type Rewards = { reward: number; rewardWithSides: number };

/** Bradley-Terry: rewards are divided by the temperature already. */
function preference(first: Rewards, second: Rewards): { probability: number; probabilityWithSides: number } {
  return {
    probability: sigmoid(first.reward - second.reward),
    probabilityWithSides: sigmoid(first.rewardWithSides - second.rewardWithSides),
  };
}
