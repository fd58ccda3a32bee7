import { majority, type Vote } from "@/lib/stats/majority";
import { signedStrength, type ComparisonPayload, type LabelSourceName } from "./schema";

/** Whose votes make a consensus. */
type Voter = "human" | "lm";

/** A current comparison, as far as votes are made of it. */
export type VotingLabel<S extends LabelSourceName = Voter> = {
  id: string;
  source: S;
  annotator: string;
  payload: ComparisonPayload;
};

/** What one person or one AI says about a pair, however often they were asked. */
export type PairVote<S extends LabelSourceName = Voter> = {
  source: S;
  answer: Vote;
  bothBad: boolean;
  /** Mean signed strength, in [-1, 1]. */
  strength: number;
  /** What it was made from. */
  labelIds: string[];
};

/** Who gave an answer. */
type Signed = { source: LabelSourceName; annotator: string };

/** How labels of a judge's version are signed: judge:<id>@<version>. */
const judgeVersion = /^(judge:.+)@(\d+)$/;

/**
 * The votes in the labels of one question about one pair: one for each annotator, which is the majority of their
 * samples, undecided samples being a tie. Who cannot tell has no vote.
 */
export function votesOf<S extends LabelSourceName>(labels: readonly VotingLabel<S>[]): PairVote<S>[] {
  return votersOf(labels.filter(({ payload }) => !payload.cannotTell)).map(voteOf);
}

/**
 * The labels of one question by who gave them, in the order in which each annotator is met first. Versions of a judge
 * are one annotator, and only the latest has its say.
 */
export function votersOf<L extends Signed>(labels: readonly L[]): L[][] {
  const voters = new Map<string, { version: number; labels: L[] }>();
  for (const label of labels) {
    const [, judge, version] = (label.source === "lm" && judgeVersion.exec(label.annotator)) || [];
    const voter = `${label.source} ${judge ?? label.annotator}`;
    const said = { version: Number(version ?? 0), labels: [label] };
    const before = voters.get(voter);
    if (before?.version === said.version) before.labels.push(label);
    else if (!before || before.version < said.version) voters.set(voter, said);
  }
  return [...voters.values()].map(({ labels }) => labels);
}

function voteOf<S extends LabelSourceName>(samples: VotingLabel<S>[]): PairVote<S> {
  const { answer } = majority(samples.map(({ payload }) => payload.preferred))!;
  return {
    source: samples[0]!.source,
    answer,
    bothBad: 2 * samples.filter(({ payload }) => payload.bothBad).length > samples.length,
    strength: samples.reduce((sum, { payload }) => sum + signedStrength(payload), 0) / samples.length,
    labelIds: samples.map(({ id }) => id),
  };
}
