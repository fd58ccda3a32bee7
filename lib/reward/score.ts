import type { Access } from "@/lib/auth/access";
import { tieProbabilities, type TieModel } from "@/lib/stats/davidson";
import { sigmoid } from "@/lib/stats/logistic";
import { loadActiveScorer, loadScorer, type ActiveScorer } from "./active";
import { compareGroup } from "./compare-group";
import { conservativeScores } from "./conservative";
import { headScoresOf } from "./heads/head-scores";
import { noSuchModel } from "./queries";
import type { ScoredCompletion, ScoreInput, ScoreOutput, ServedQuery } from "./schema";
import type { ThreadScores } from "./scorer-protocol";
import { readSubjects, type ScoreSubject } from "./score-subjects";

/**
 * Rewards of completions by one version, or by the active one, in the order of the request; the same request to the same
 * version has the same answer. Rewards are comparable within a prompt only. Throws `not_found` when there is no such
 * version, none is active or an instance is missing, and `invalid` for an instance that is not text alone.
 */
export async function scoreTexts(access: Access<"reward:read">, id: string, input: ScoreInput): Promise<ScoreOutput> {
  return await withScorer(access, id, async (scorer) => {
    const subjects = await readSubjects(access, input.items);
    const scores = await scoreSubjects(scorer, subjects, input.lambda);
    return { version: scorer.version, items: scores.map((scored) => itemOf(scored, input, scorer.heads)) };
  });
}

export type ScoredText = { prompt: string; completion: string };

/** One score each of completions, for trainers that ask for nothing else. Throws `not_found` as `scoreTexts` does. */
export async function scoreEach(
  access: Access<"reward:read">,
  id: string,
  texts: readonly ScoredText[],
  { by, lambda }: ServedQuery,
): Promise<{ version: number; scores: number[]; sds: number[] }> {
  return await withScorer(access, id, async (scorer) => {
    const scores = await scoreAll(scorer, texts, lambda);
    return { version: scorer.version, scores: scores.map((score) => score[by]), sds: scores.map(({ sd }) => sd) };
  });
}

/** Scores of one subject: of each completion, and of the reference where it has one. */
type SubjectScores = { completions: Scores[]; reference: Scores | null };

type Scores = Omit<ScoredCompletion, "shaped" | "members"> & Pick<ThreadScores, "members" | "parts">;

async function withScorer<T>(
  { projectId, slug }: Access<"reward:read">,
  id: string,
  use: (scorer: ActiveScorer) => Promise<T>,
): Promise<T> {
  const scorer = await (id === "active" ? loadActiveScorer(projectId) : loadScorer(projectId, id));
  if (!scorer) throw noSuchModel(slug, id);
  try {
    return await use(scorer);
  } finally {
    await scorer.close();
  }
}

async function scoreSubjects(
  scorer: ActiveScorer,
  subjects: readonly ScoreSubject[],
  lambda: number,
): Promise<SubjectScores[]> {
  const texts = subjects.flatMap(({ prompt, completions, reference }) =>
    [...completions, ...(reference === null ? [] : [reference])].map((completion) => ({ prompt, completion })),
  );
  const scores = await scoreAll(scorer, texts, lambda);
  let place = 0;
  return subjects.map(({ completions, reference }) => ({
    completions: scores.slice(place, (place += completions.length)),
    reference: reference === null ? null : scores[place++]!,
  }));
}

async function scoreAll(scorer: ActiveScorer, texts: readonly ScoredText[], lambda: number): Promise<Scores[]> {
  const scores = await scorer.score(texts);
  return scores.map((score) => ({ ...score, ...conservativeScores(score.members, lambda) }));
}

/** PAR (Fu et al., "Reward shaping to mitigate reward hacking"): the sigmoid of the score centred at the reference's. */
function itemOf(
  { completions, reference }: SubjectScores,
  { by, members: wantsMembers, heads: wantsHeads }: ScoreInput,
  heads: ActiveScorer["heads"],
): ScoreOutput["items"][number] {
  return {
    completions: completions.map(({ members, parts, ...scores }) => ({
      ...scores,
      shaped: reference && sigmoid(scores[by] - reference[by]),
      ...(wantsMembers && { members }),
      ...(wantsHeads && { heads: headScoresOf(parts, heads) }),
    })),
    group: compareGroup(completions.map((scores) => scores[by])),
    firstPreferred: completions.length === 2 ? preference(completions[0]!, completions[1]!, heads?.ties ?? null) : null,
  };
}

/** Bradley-Terry: rewards are divided by the temperature already. */
function preference(
  first: Scores,
  second: Scores,
  ties: TieModel | null,
): ScoreOutput["items"][number]["firstPreferred"] {
  const margin = first.rewardWithSides - second.rewardWithSides;
  const outcomes = ties && tieProbabilities(margin, ties);
  return {
    outcomes: outcomes && { first: outcomes[0], tie: outcomes[1], second: outcomes[2] },
    probability: sigmoid(first.reward - second.reward),
    probabilityWithSides: sigmoid(margin),
  };
}
