import type { RewardConfig } from "../config";
import type { TrainingData, TrainingPair } from "../data";
import type { Head as Reward, HeadShape } from "../head";
import type { Standard } from "../batches";
import type { StrengthTargets } from "../targets";
import { aspectsHead } from "./aspects";
import { binaryHead } from "./binary";
import { areEnough, noExamples, ofColumn, type HeadExamples } from "./examples";
import type { Head } from "./head";
import { pairsHead } from "./pairs";
import { rankingsHead } from "./rankings";
import { ratingScale, ratingsHead, type RatingScale } from "./ratings";

/** Labels for heads beside the pairs, without columns that have too few, and with the categories of ratings. */
export type UsableExamples = Omit<HeadExamples, "ratings"> & {
  ratings: HeadExamples["ratings"] & { scales: readonly RatingScale[] };
};

/** Leaves out what has too few labels in the training or validation part, and ratings that never differ. */
export function usableExamples(given: HeadExamples = noExamples): UsableExamples {
  const scaleAt = (column: number): RatingScale | null =>
    ratingScale(given.ratings.columns[column]!, ofColumn(given.ratings.examples, column, "train"));
  const ratings = enoughColumns(given.ratings, (column) => scaleAt(column) !== null);
  return {
    rankings: areEnough(given.rankings) ? given.rankings : [],
    ratings: { ...ratings, scales: ratings.places.map((column) => scaleAt(column)!) },
    binary: enoughColumns(given.binary),
    aspects: enoughColumns(given.aspects),
    prompts: given.prompts,
  };
}

/** The heads that a training has labels for. What it learns overall, it learns from pairs, from rankings or from both. */
export function headsFor(given: {
  data: TrainingData;
  usable: UsableExamples;
  standard: Standard;
  shape: HeadShape;
  reward: Reward;
  config: RewardConfig;
  targetOf: StrengthTargets;
  targetsOf: (pairs: readonly TrainingPair[]) => readonly Float32Array[];
}): Head[] {
  const { data, usable } = given;
  const { rankings, ratings, binary, aspects } = usable;
  // Rankings that are too few for a head of their own may still order enough pairs.
  const isLearnedFromPairs = !data.pairsAreInduced || rankings.length === 0;
  return [
    ...(isLearnedFromPairs ? [pairsHead(given)] : []),
    ...(rankings.length > 0 ? [rankingsHead({ ...given, examples: rankings })] : []),
    ...(ratings.columns.length > 0 ? [ratingsHead({ ...given, ratings })] : []),
    ...(binary.columns.length > 0 ? [binaryHead({ ...given, binary })] : []),
    ...(aspects.columns.length > 0 ? [aspectsHead({ ...given, aspects })] : []),
  ];
}

/** The columns with enough examples, the places they had, and their examples under their new places. */
function enoughColumns<C, E extends { column: number; split: TrainingPair["split"] }>(
  given: { columns: readonly C[]; examples: readonly E[] },
  isUsable: (column: number) => boolean = () => true,
): { columns: C[]; examples: E[]; places: number[] } {
  const places = given.columns.flatMap((_, column) =>
    areEnough(given.examples.filter((example) => example.column === column)) && isUsable(column) ? [column] : [],
  );
  return {
    places,
    columns: places.map((column) => given.columns[column]!),
    examples: given.examples
      .filter(({ column }) => places.includes(column))
      .map((example) => ({ ...example, column: places.indexOf(example.column) })),
  };
}
