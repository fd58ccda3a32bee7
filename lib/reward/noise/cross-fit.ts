import { countDecided, drawPrompts, lightConfig, trainLightly } from "../evaluation/light-training";
import type { RewardConfig } from "../training/config";
import { fewestPairs, isDecided, pairsOf, type TrainingData, type TrainingPair } from "../training/data";
import { randomOrder, streamFor } from "../training/sampling";

/** Parts of the prompts, each of which is voted on by an ensemble that learned from the others. */
export const folds = 5;

export const votingMembers = 5;

/** What an ensemble that never saw a pair says of its label. */
export type LabelVotes = {
  /** Mean margin of the members in favour of the label, in calibrated logits. */
  mu: number;
  /** Standard deviation of the members' margins. */
  sd: number;
};

/**
 * Votes on the labels of the training and validation pairs (Secrets of RLHF II), by ensembles that are trained without
 * the pair and without any other of its prompt: a model that has seen a wrong label may have learned it by heart, and
 * then finds it right. In the order of the pairs; null for test pairs, and for ties, which have no direction. Null in
 * place of all where the pairs of the other folds are too few.
 */
export async function voteOnLabels(given: {
  data: TrainingData;
  config: RewardConfig;
  seed: number;
}): Promise<(LabelVotes | null)[] | null> {
  const { data, seed } = given;
  const foldOf = foldsOf(
    data.pairs.filter(({ split }) => split !== "test"),
    seed,
  );
  const config = lightConfig(given.config, votingMembers);
  const learnedIn = Array.from({ length: folds }, (_, fold) => {
    const others = data.pairs.filter(({ group }) => foldOf.has(group) && foldOf.get(group) !== fold);
    return (["train", "validation"] as const).map((part) => drawPrompts(pairsOf(others, part), 1, seed));
  });
  const isEnough = learnedIn.every(
    ([train, validation]) =>
      countDecided(train!) >= fewestPairs.train && countDecided(validation!) >= fewestPairs.validation,
  );
  if (!isEnough) return null;
  const votes: (LabelVotes | null)[] = data.pairs.map(() => null);
  for (const [fold, parts] of learnedIn.entries()) {
    const places = data.pairs.flatMap((pair, i) => (isDecided(pair) && foldOf.get(pair.group) === fold ? [i] : []));
    if (places.length === 0) continue;
    const judged = places.map((i) => data.pairs[i]!);
    const { members } = await trainLightly({ data, pairs: parts.flat(), judged, config, seed: seed + fold });
    judged.forEach(({ strength }, i) => {
      votes[places[i]!] = summarise(members.map((margins) => Math.sign(strength) * margins[i]!));
    });
  }
  return votes;
}

function summarise(towards: readonly number[]): LabelVotes {
  const mu = towards.reduce((sum, margin) => sum + margin, 0) / towards.length;
  const variance = towards.reduce((sum, margin) => sum + (margin - mu) ** 2, 0) / towards.length;
  return { mu, sd: Math.sqrt(variance) };
}

function foldsOf(pairs: readonly TrainingPair[], seed: number): Map<number, number> {
  const groups = [...new Set(pairs.map(({ group }) => group))];
  const order = randomOrder(groups.length, streamFor(seed, "folds"));
  return new Map(Array.from(order, (place, i) => [groups[place]!, i % folds]));
}
