import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { sigmoid } from "@/lib/stats/logistic";
import type { Asker, OpenRm, Question, Reply } from "./asker";
import { comparisonVerdict, type ComparisonSaid } from "./protocols/comparison";

/**
 * The reward model that serves a project: rewards whose difference is the log-odds of a preference. Those with the side
 * features are what the promotion gate checked.
 */
export type RewardScorer = {
  readonly version: number;
  score(texts: readonly { prompt: string; completion: string }[]): Promise<{ rewardWithSides: number }[]>;
  close(): Promise<void>;
};

/** Null while no version of the project's reward model is promoted. */
export type LoadScorer = (projectId: string) => Promise<RewardScorer | null>;

/**
 * Opens judges that are the promoted reward model. Throws `conflict` when none is promoted any more, or another one than
 * the judge's version answers with: its promotion has queued the run that the next version begins with.
 */
export function openRm(load: LoadScorer): (judge: OpenRm, finished: AbortSignal) => Promise<Asker> {
  return async (judge, finished) => {
    const scorer = await load(judge.projectId);
    if (!scorer) throw noModel(judge.name);
    finished.addEventListener("abort", () => void scorer.close(), { once: true });
    if (scorer.version !== judge.config.rewardModel?.version) {
      throw new AppError(
        "conflict",
        `Version ${scorer.version} of the reward model was promoted as judge ${judge.name} began. Run it again to use that one.`,
      );
    }
    return (question) => ask(scorer, judge, question);
  };
}

export function noModel(name: string): AppError {
  return new AppError(
    "conflict",
    say`Judge ${name} answers with the reward model, of which no version is promoted. Train and promote one, then run it.`,
  );
}

async function ask(scorer: RewardScorer, judge: OpenRm, { shown, order }: Question): Promise<Reply> {
  if (shown.type !== "comparison") throw new Error(`A reward model answers no question of type ${shown.type}.`);
  const started = performance.now();
  const prompt = shown.conversation.map(({ content }) => content).join("\n\n");
  const scored = await scorer.score(shown.completions.map((completion) => ({ prompt, completion })));
  const [a, b] = scored.map(({ rewardWithSides }) => rewardWithSides);
  const answer = readMargin(a! - b!, { tieBelow: judge.config.tieBelow, ...shown });
  return {
    ...{ asked: [], outcome: comparisonVerdict(answer, order[0]! > order[1]!), thinking: null, model: null },
    ...{ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costMicros: 0 },
    rawText: JSON.stringify({ rewardModel: scorer.version, rewards: { A: a, B: b } }),
    latencyMs: Math.round(performance.now() - started),
    ...{ repairs: 0, isRefused: false },
  };
}

/**
 * What a margin reward(A) - reward(B) says: by Bradley-Terry the better one is preferred with probability
 * p = 1 / (1 + exp(-|margin|)). Below `tieBelow` it is a tie where the scale has one; the strengths share the rest of
 * the probabilities up to 1 equally.
 */
export function readMargin(
  margin: number,
  { tieBelow, maxStrength, allowsTie }: { tieBelow: number; maxStrength: number; allowsTie: boolean },
): ComparisonSaid {
  const probability = sigmoid(Math.abs(margin));
  const reasoning = null;
  if (allowsTie && (margin === 0 || probability < tieBelow)) return { kind: "tie", reasoning };
  const least = allowsTie ? tieBelow : 0.5;
  const strength = Math.min(maxStrength, 1 + Math.floor((maxStrength * (probability - least)) / (1 - least)));
  return { kind: "preferred", choice: margin >= 0 ? "A" : "B", strength, reasoning };
}
