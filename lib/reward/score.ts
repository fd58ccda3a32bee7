import { setImmediate as nextTurn } from "node:timers/promises";
import type { Access } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { tieProbabilities, type TieModel } from "@/lib/stats/davidson";
import { sigmoid } from "@/lib/stats/logistic";
import { percentileOf } from "@/lib/stats/quantiles";
import { loadActiveScorer, loadScorer, type ActiveScorer } from "./active";
import { compareGroup } from "./compare-group";
import { conservativeScores } from "./conservative";
import type { DenseAnswer } from "./dense/schema";
import { scoreDenseItems } from "./dense/score-items";
import { comparePreference } from "./general-preference/compare";
import { preferenceOutput } from "./general-preference/schema";
import { headScoresOf } from "./heads/head-scores";
import { noSuchModel } from "./queries";
import {
  maxItemCompletions,
  type ScoredCompletion,
  type ScoreInput,
  type ScoreName,
  type ScoreOutput,
  type ServedQuery,
} from "./serving/schema";
import type { ThreadScores } from "./scorer-protocol";
import { readSubjects, type ScoreSubject } from "./score-subjects";
import { tastesOutput } from "./tastes/schema";
import { reduceGroups } from "./tastes/reduce-groups";

/**
 * Rewards of completions by one version, or by the active one, in the order of the request; the same request to the same
 * version has the same answer. Rewards are comparable within a prompt only. Throws `not_found` when there is no such
 * version, none is active or an instance is missing, and `invalid` for an instance that is not text alone and
 * where the version cannot say what is asked for.
 */
export async function scoreTexts(access: Access<"reward:read">, id: string, input: ScoreInput): Promise<ScoreOutput> {
  return await withScorer(access, id, async (scorer) => {
    const subjects = await readSubjects(access, input.items);
    const scores = await scoreSubjects(scorer, subjects, input.lambda);
    const dense = await scoreDenseItems(scorer, subjects, input.items);
    const items: ScoreOutput["items"] = [];
    for (const [i, scored] of scores.entries()) {
      // Comparing a hundred completions in general takes 30 ms.
      if (input.general) await nextTurn();
      items.push(withDense(itemOf(scorer, scored, input), dense[i]!));
    }
    return { version: scorer.version, items };
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
    const { version } = scorer;
    return { version, scores: scores.map((score) => scoreOf(version, score, by)), sds: scores.map(({ sd }) => sd) };
  });
}

/** Scores of one subject: of each completion, and of the reference where it has one. */
type SubjectScores = { completions: Scores[]; reference: Scores | null };

type Scores = Omit<ScoredCompletion, "shaped" | "members" | "groups" | "groupReward"> &
  Pick<ThreadScores, "members" | "parts">;

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
  const { rewardQuantiles } = scorer;
  return scores.map((score) => {
    const groups = score.parts[tastesOutput];
    return {
      ...score,
      percentile: rewardQuantiles && percentileOf(rewardQuantiles, score.reward),
      ...conservativeScores(score.members, lambda),
      worstGroup: groups ? reduceGroups(groups, "min") : null,
    };
  });
}

function withDense(item: ScoreOutput["items"][number], dense: DenseAnswer[] | null): ScoreOutput["items"][number] {
  if (!dense) return item;
  return { ...item, completions: item.completions.map((scores, i) => ({ ...scores, ...dense[i]! })) };
}

/** PAR (Fu et al., "Reward shaping to mitigate reward hacking"): the sigmoid of the score centred at the reference's. */
function itemOf(
  { version, heads }: ActiveScorer,
  { completions, reference }: SubjectScores,
  { by, members: wantsMembers, groups: wantsGroups, reduce, general, heads: wantsHeads }: ScoreInput,
): ScoreOutput["items"][number] {
  const byScore = (scores: Scores): number => scoreOf(version, scores, by);
  return {
    completions: completions.map((all) => {
      const { members, parts, ...scores } = all;
      const groups = wantsGroups ? partOf(version, parts, tastesOutput) : null;
      return {
        ...scores,
        shaped: reference && sigmoid(byScore(all) - byScore(reference)),
        ...(wantsMembers && { members }),
        ...(groups && { groups, groupReward: reduceGroups(groups, reduce) }),
        ...(wantsHeads && { heads: headScoresOf(parts, heads) }),
      };
    }),
    group: compareGroup(completions.map(byScore)),
    ...(general && { general: generalOf(version, completions) }),
    firstPreferred: completions.length === 2 ? preference(completions[0]!, completions[1]!, heads?.ties ?? null) : null,
  };
}

/** Throws `invalid` for so many completions of a stored instance that comparing each with each would block this process. */
function generalOf(version: number, completions: readonly Scores[]): ReturnType<typeof comparePreference> {
  if (completions.length > maxItemCompletions) {
    throw new AppError(
      "invalid",
      say`An instance has ${completions.length} completions, and the general preference model compares at most ${maxItemCompletions}. Send some of them as an item of their own.`,
    );
  }
  return comparePreference(completions.map(({ parts }) => partOf(version, parts, preferenceOutput)));
}

/** What a part of the version says of a completion. Throws `invalid` where it has no such part. */
function partOf(
  version: number,
  parts: ThreadScores["parts"],
  output: typeof tastesOutput | typeof preferenceOutput,
): number[] {
  const found = parts[output];
  if (found) return found;
  throw new AppError(
    "invalid",
    output === tastesOutput
      ? say`Version ${version} has no groups of annotators: it had too few labels for it, or is older. Its page says which; leave that out of the request, or ask another version.`
      : say`Version ${version} has no general preference model: it had too few labels for it, or is older. Its page says which; leave that out of the request, or ask another version.`,
  );
}

function scoreOf(version: number, scores: Scores, by: ScoreName): number {
  return scores[by] ?? reduceGroups(partOf(version, scores.parts, tastesOutput), "min");
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
