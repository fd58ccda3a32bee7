import type { RewardConfig } from "../config";
import type { TrainingData, TrainingPair } from "../data";
import type { Head as Reward, HeadShape } from "../head";
import type { Standard } from "../batches";
import type { StrengthTargets } from "../targets";
import { aspectsHead } from "./aspects";
import { binaryHead } from "./binary";
import { areEnough, noExamples, type HeadExamples } from "./examples";
import type { Head } from "./head";
import { pairsHead } from "./pairs";
import { rankingsHead } from "./rankings";
import { ratingScale, ratingsHead, type RatingScale } from "./ratings";

/** Labels for heads beside the pairs, without columns that have too few, and with the categories of ratings. */
export type UsableExamples = Omit<HeadExamples, "ratings"> & {
  ratings: HeadExamples["ratings"] & { scales: readonly RatingScale[] };
};

/** Leaves out what has too few labels in the training or validation part. */
export function usableExamples(given: HeadExamples = noExamples): UsableExamples {
  const ratings = enoughColumns(given.ratings);
  const inTraining = ratings.examples.filter(({ split }) => split === "train");
  const scales = ratings.columns.map((column, place) =>
    ratingScale(
      column,
      inTraining.filter((example) => example.column === place),
    ),
  );
  return {
    rankings: areEnough(given.rankings) ? given.rankings : [],
    ratings: { ...ratings, scales },
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
  const isLearnedFromPairs = !data.pairsAreInduced;
  return [
    ...(isLearnedFromPairs ? [pairsHead(given)] : []),
    ...(rankings.length > 0 ? [rankingsHead({ ...given, examples: rankings })] : []),
    ...(ratings.columns.length > 0 ? [ratingsHead({ ...given, ratings })] : []),
    ...(binary.columns.length > 0 ? [binaryHead({ ...given, binary })] : []),
    ...(aspects.columns.length > 0 ? [aspectsHead({ ...given, aspects })] : []),
  ];
}

/** The columns with enough examples, and their examples under their new places. */
function enoughColumns<C, E extends { column: number; split: TrainingPair["split"] }>(given: {
  columns: readonly C[];
  examples: readonly E[];
}): { columns: C[]; examples: E[] } {
  const kept = given.columns.flatMap((_, column) =>
    areEnough(given.examples.filter((example) => example.column === column)) ? [column] : [],
  );
  return {
    columns: kept.map((column) => given.columns[column]!),
    examples: given.examples
      .filter(({ column }) => kept.includes(column))
      .map((example) => ({ ...example, column: kept.indexOf(example.column) })),
  };
}
