import { votesOf, type PairVote } from "@/lib/labels/votes";
import { pairStrength } from "../pair-strength";
import type { LabelledBy, LoadedData, PairOrigin } from "../training-data";
import type { TrainingPair } from "../training/data";
import { areEnough, type CompletionExample, type HeadExamples } from "../training/heads/examples";

/** Kinds of answers by which "no" says that a completion is bad; of those that are asked, the first one learns. */
const kindsOfGood = ["correct", "thumb"];

type Compared = Pick<LoadedData, "pairs" | "origins" | "sources">;
type Given = Compared & { binary: HeadExamples["binary"]; lmWeight: number };

/**
 * Votes for "both bad" say nothing of which completion is better, and something of each: where a head of answers by yes or
 * no has labels enough of its own to learn whether completions are good, they are two of its negatives, and no part of the
 * pair. Elsewhere they stay ties. A negative weighs what its voters are of all who voted on the pair, at most 1; a completion
 * that was asked about by itself goes by those answers alone.
 */
export function learnBothBad({ binary, lmWeight, ...compared }: Given): Compared & Pick<Given, "binary"> {
  const column = goodColumn(binary);
  if (column === null) return { ...compared, binary };
  const voted = compared.pairs.map((pair, i): Voted => {
    const origin = compared.origins[i]!;
    return { pair, origin, source: compared.sources[i]!, votes: votesOf(origin.labels) };
  });
  const left = voted.flatMap((each) => withoutBothBad(each, lmWeight) ?? []);
  const answered = new Set(binary.examples.filter((example) => example.column === column).map(keyOf));
  const negatives = negativesOf(voted, { column, lmWeight }).filter((example) => !answered.has(keyOf(example)));
  return {
    pairs: left.map(({ pair }) => pair),
    origins: left.map(({ origin }) => origin),
    sources: left.map(({ source }) => source),
    binary: { ...binary, examples: [...binary.examples, ...negatives] },
  };
}

type Voted = { pair: TrainingPair; origin: PairOrigin; source: LabelledBy; votes: PairVote[] };

/** The column that learns whether completions are good, by enough labels of its own. */
function goodColumn({ columns, examples }: HeadExamples["binary"]): number | null {
  const asked = kindsOfGood.map((kind) => columns.findIndex((column) => column.kind === kind));
  const column = asked.find((place) => place !== -1);
  return column !== undefined && areEnough(examples.filter((example) => example.column === column)) ? column : null;
}

/** The pair by its other votes; null without any that counts. */
function withoutBothBad(voted: Voted, lmWeight: number): Voted | null {
  const votes = voted.votes.filter(({ bothBad }) => !bothBad);
  if (votes.length === voted.votes.length) return voted;
  const strength = pairStrength(votes, lmWeight);
  if (!strength) return null;
  const ids = new Set(votes.flatMap(({ labelIds }) => labelIds));
  return {
    pair: { ...voted.pair, ...strength },
    origin: { ...voted.origin, labels: voted.origin.labels.filter(({ id }) => ids.has(id)) },
    source: votes.some(({ source }) => source === "human") ? "human" : "lm",
    votes,
  };
}

/**
 * One for each completion of a prompt, by the pair that says it most. None of the test part: they would measure how well
 * the head knows what it was told in another way.
 */
function negativesOf(
  voted: readonly Voted[],
  { column, lmWeight }: { column: number; lmWeight: number },
): CompletionExample[] {
  const found = new Map<string, CompletionExample>();
  for (const { pair, votes } of voted) {
    const { first, second, group, split } = pair;
    const bad = votes.filter(({ bothBad }) => bothBad);
    const weight = massOf(bad, lmWeight) / Math.max(1, massOf(votes, lmWeight));
    if (weight === 0 || split === "test") continue;
    for (const completion of [first, second]) {
      const key = keyOf({ group, completion });
      if ((found.get(key)?.weight ?? 0) >= weight) continue;
      const said = { votes: [{ value: 0, share: 1 }], isDerived: true } as const;
      found.set(key, { group, split, column, completion, weight, ...said });
    }
  }
  return [...found.values()];
}

const keyOf = ({ group, completion }: Pick<CompletionExample, "group" | "completion">): string =>
  `${group}:${completion}`;

const massOf = (votes: readonly PairVote[], lmWeight: number): number =>
  votes.reduce((sum, { source }) => sum + (source === "human" ? 1 : lmWeight), 0);
