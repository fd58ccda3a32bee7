import type { LoadedFacts } from "../evaluation/pair-facts";
import type { ModelConfig } from "../schema";
import { meanByGroup } from "@/lib/stats/bootstrap";
import { isDecided, type TrainingPair } from "../training/data";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import type { LoadedData } from "../training-data";
import { balanceDomains } from "./balance-domains";
import { chooseLmWeight, weighedBy, type TriedWeight } from "./choose-lm-weight";
import { folds, voteOnLabels, votingMembers } from "./cross-fit";
import type { NoiseMetrics } from "./schema";
import type { StoredSuspect } from "./stored-suspect";
import { findSuspects } from "./suspects";
import { adaptMargins, needsVotes, treatLabels } from "./treat-labels";
import { judgeLabels, type Judged } from "./wrong-labels";

type Given = { data: LoadedData; facts: LoadedFacts; config: ModelConfig; seed: number };

/** What votes say of the labels; `skipped` says why they say nothing. */
type Verdicts = { flipRate: number; judged: (Judged | null)[]; skipped: null } | { skipped: string };

export type PreparedLabels = {
  /** What is to be learned: strengths and weights as the settings want them, the order as before. */
  data: LoadedData;
  /** The pairs as they were labelled, with the same weight of AI's votes. */
  labelled: TrainingPair[];
  lmWeight: number;
  tried: TriedWeight[];
  /** Taken where the settings go by it. */
  verdicts: Verdicts | null;
};

/** Weighs and corrects labels as the settings of the training want it. What is stored is not touched. */
export async function prepareLabels({ data, facts, config, seed }: Given): Promise<PreparedLabels> {
  const { learning, training } = config;
  const chosen =
    learning.lmWeight === "learned"
      ? await chooseLmWeight({ data, lmWeight: config.lmWeight, config: training, seed })
      : null;
  const labelled = chosen ? weighedBy(data, chosen.weight) : [...data.pairs];
  const verdicts = needsVotes(learning) ? await judge({ ...data, pairs: labelled }, config, seed) : null;
  const judged = judgedBy(verdicts);
  const corrected = treatLabels(labelled, judged, learning.noise);
  const treated = learning.adaptsMargins ? adaptMargins(corrected, labelled, judged) : corrected;
  const pairs = learning.balancesDomains
    ? balanceDomains(
        treated,
        facts.pairs.map(({ domain }) => domain),
      )
    : treated;
  const weighing = { lmWeight: chosen?.weight ?? config.lmWeight, tried: chosen?.tried ?? [] };
  return { data: { ...data, pairs }, labelled, verdicts, ...weighing };
}

/** What the votes on the labels say, which are taken now unless the training went by them. */
export async function measureNoise(
  { data, labelled, lmWeight, tried, verdicts: taken }: PreparedLabels,
  { config, seed }: Pick<Given, "config" | "seed">,
): Promise<{ metrics: NoiseMetrics; suspects: StoredSuspect[] }> {
  const verdicts = taken ?? (await judge({ ...data, pairs: labelled }, config, seed));
  const judged = judgedBy(verdicts);
  const wrong = judged.flatMap((each) => (each && each.wrong >= 0.5 ? [each.wrong] : []));
  const treated = labelled.filter(
    (pair, i) => pair.strength !== data.pairs[i]!.strength || data.pairs[i]!.weight === 0,
  );
  return {
    metrics: {
      pairs: judged.filter((each) => each !== null).length,
      ties: labelled.filter((pair) => pair.split !== "test" && !isDecided(pair)).length,
      ...{ folds, members: Math.min(votingMembers, config.training.members) },
      flipRate: verdicts.skipped === null ? verdicts.flipRate : null,
      suspects: wrong.length,
      expectedPrecision: wrong.length === 0 ? null : wrong.reduce((sum, value) => sum + value, 0) / wrong.length,
      treated: treated.length,
      ...{ lmWeight, triedWeights: tried },
      skipped: verdicts.skipped,
    },
    suspects: findSuspects({ pairs: labelled, origins: data.origins, judged }),
  };
}

const judgedBy = (verdicts: Verdicts | null): (Judged | null)[] =>
  verdicts === null || verdicts.skipped !== null ? [] : verdicts.judged;

/**
 * Votes that agree with the labels no more often than a coin come of models that learned nothing: however sure they are, they
 * tell nothing of single labels.
 */
async function judge(data: LoadedData, { training }: ModelConfig, seed: number): Promise<Verdicts> {
  const votes = await voteOnLabels({ data, config: training, seed });
  if (!votes) return { skipped: "The pairs are too few to train without a fifth of them." };
  const voted = votes.flatMap((vote, i) => (vote ? [{ mu: vote.mu, group: data.pairs[i]!.group }] : []));
  const agreement = meanByGroup(
    voted.map(({ mu }) => creditOf(mu, 1)),
    voted.map(({ group }) => group),
    { random: streamFor(seed, "evaluation", 17) },
  );
  if (agreement && agreement.interval[0] > 0.5) return { ...judgeLabels(votes), skipped: null };
  return {
    skipped: `Models that did not learn from the labels agree with ${Math.round(100 * (agreement?.mean ?? 0.5))} % of them, which is not shown to be more than chance. They tell nothing of single labels.`,
  };
}
