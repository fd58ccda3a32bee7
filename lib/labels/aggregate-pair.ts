import { countVotes, decideVotes } from "@/lib/stats/majority";
import type { Aggregate, Weights } from "./consensus-rules";
import { votesOf, type PairVote, type VotingLabel } from "./votes";

/** What the comparisons of one pair come to: the majority, with their mean strength. Null when no vote counts. */
export function aggregatePair(labels: readonly VotingLabel[], weights: Weights): Aggregate | null {
  const votes = votesOf(labels);
  const counting = votes.filter(({ source }) => weights[source] > 0);
  const counts = { human: countVotes(answersOf(votes, "human")), lm: countVotes(answersOf(votes, "lm")) };
  const weigh = (answer: "0" | "1" | "tie") => counts.human[answer] + weights.lm * counts.lm[answer];
  const decision = decideVotes({ "0": weigh("0"), "1": weigh("1"), tie: weigh("tie") });
  if (!decision) return null;
  const total = counting.reduce((sum, { source }) => sum + weights[source], 0);
  const mean = (value: (vote: PairVote) => number) =>
    counting.reduce((sum, vote) => sum + weights[vote.source] * value(vote), 0) / total;
  const payload = {
    pair: labels[0]!.payload.pair,
    preferred: decision.answer,
    bothBad: mean(({ bothBad }) => Number(bothBad)) > 0.5,
    isDraw: decision.isDraw,
    strength: mean(({ strength }) => strength),
  };
  return {
    ...{ payload, counts },
    method: counting.some(({ source }) => source === "lm") ? "weighted-majority" : "majority",
    confidence: decision.confidence,
    label_count: counting.length,
    label_ids: votes.flatMap(({ labelIds }) => labelIds).sort(),
  };
}

function answersOf(votes: PairVote[], source: PairVote["source"]): PairVote["answer"][] {
  return votes.filter((vote) => vote.source === source).map(({ answer }) => answer);
}
