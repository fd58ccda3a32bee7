import { openSession } from "@/lib/graph/session";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { completionsOf, isDecided, outcomeOf, type TrainingData, type TrainingPair } from "../data";
import { creditOf, type Predicted } from "../evaluate";
import { exportRewardModel, scoreCompletions, type ArtifactPart, type RewardModel } from "../score";
import type { StrengthTargets } from "../targets";
import { calibrateHeads, type OutputOf } from "./calibrate";
import { fitGate, gatedMargins, gateWeights, type Gate, type GatedPair } from "./gate";
import type { UsableExamples } from "./heads";
import { measureAspects, measureBinary, measureRankings, measureRatings, meanOver } from "./measure";
import { outputNames } from "./output-names";
import { headsPart, uncalibrated } from "./part";
import { measureTies } from "./ties";

export type FinishedHeads = { parts: ArtifactPart[]; metrics: HeadMetrics };

/**
 * Calibrates the heads beside the overall reward on the validation labels, fits the gate between aspects, and measures
 * all on the test labels. Where there are no such heads this costs nothing.
 */
export async function finishHeads(given: {
  model: RewardModel;
  usable: UsableExamples;
  data: TrainingData;
  /** Of the overall reward, on the test pairs. */
  predicted: Predicted;
  /** The overall reward's margins with length and format on the validation pairs, calibrated. */
  validationMargins: ArrayLike<number>;
  targetOf: StrengthTargets;
  seed: number;
  threads: number;
  signal?: AbortSignal | undefined;
}): Promise<FinishedHeads> {
  const { model, usable, data, predicted, validationMargins, seed } = given;
  const { shape, values } = model;
  const ties = measureTies({ data, values, predicted, validationMargins, seed });
  const raw = headsPart({ shape, usable, values, calibration: uncalibrated(usable) });
  const leftOut = leftOutOf(data, usable);
  if (!raw && usable.rankings.length === 0) {
    return { parts: [], metrics: { ties, rankings: null, ratings: [], binary: [], aspects: [], gate: null, leftOut } };
  }
  const scored = await scoredBy({ ...given, part: raw });
  const calibration = { ...calibrateHeads(usable, scored.outputOf), gate: null };
  const calibrated = headsPart({ shape, usable, values, calibration });
  const measured = { usable, seed, ...(await scoredBy({ ...given, part: calibrated })) };
  const { gate, metrics } = await finishGate(given, measured.outputOf);
  const part = headsPart({ shape, usable, values, calibration: { ...calibration, gate } });
  return {
    parts: part ? [part] : [],
    metrics: {
      ties,
      rankings: measureRankings(measured),
      ratings: measureRatings(measured),
      binary: measureBinary(measured),
      aspects: measureAspects(measured),
      gate: metrics,
      leftOut,
    },
  };
}

type Scored = { outputOf: OutputOf; rewardOf: (completion: number) => number };

/** What a file with this part says of every completion that a head or the gate has to do with. */
async function scoredBy(given: {
  model: RewardModel;
  usable: UsableExamples;
  data: TrainingData;
  threads: number;
  part: ArtifactPart | null;
}): Promise<Scored> {
  const { model, usable, data, threads, part } = given;
  const { rankings, ratings, binary, aspects } = usable;
  const completions = [
    ...new Set([
      ...rankings.flatMap((ranking) => ranking.completions),
      ...[...ratings.examples, ...binary.examples].map(({ completion }) => completion),
      ...completionsOf(aspects.examples),
      ...(aspects.columns.length > 1 ? completionsOf(data.pairs) : []),
    ]),
  ];
  const place = new Map(completions.map((completion, i) => [completion, i]));
  const session = await openSession(exportRewardModel(model, {}, part ? [part] : []), { threads });
  const scored = await scoreCompletions(session, {
    features: completions.map((completion) => data.features[completion]!),
    sides: completions.map((completion) => data.sides[completion]!),
    width: data.width,
  }).finally(() => session.dispose());
  return {
    outputOf: (name, completion) => scored.parts[name]![place.get(completion)!]!,
    rewardOf: (completion) => scored.withSides[place.get(completion)!]!,
  };
}

/** The gate, where there are aspects to choose from and prompts to choose by. */
async function finishGate(
  given: Parameters<typeof finishHeads>[0],
  outputOf: OutputOf,
): Promise<{ gate: Gate | null; metrics: HeadMetrics["gate"] }> {
  const { usable, data, predicted, seed } = given;
  const { columns } = usable.aspects;
  if (columns.length < 2 || usable.prompts.length === 0) return { gate: null, metrics: null };
  const pairs = data.pairs.map((pair): GatedPair => {
    const margins = (output: string): number[] =>
      columns.map((_, column) => outputOf(output, pair.first)[column]! - outputOf(output, pair.second)[column]!);
    return {
      pair,
      margins: {
        withoutSides: margins(outputNames.aspects.withoutSides),
        withSides: margins(outputNames.aspects.withSides),
      },
    };
  });
  const shared = { ...given, prompts: usable.prompts, width: data.width, aspects: columns.length };
  const gate = await fitGate({ ...shared, pairs });
  const test = pairs.filter(({ pair }) => pair.split === "test");
  const margins = await gatedMargins({ ...shared, values: gate.values, pairs: test, kind: "withSides" });
  const groups = [...new Set((test.length > 0 ? test : pairs).map(({ pair }) => pair.group))];
  const weights = await gateWeights({ ...shared, values: gate.values, groups });
  const credits = predicted.pairs.flatMap((pair, i) =>
    isDecided(pair)
      ? [
          {
            group: pair.group,
            gated: creditOf(margins[i]!, outcomeOf(pair)),
            overall: creditOf(predicted.margins.withSides[i]!, outcomeOf(pair)),
          },
        ]
      : [],
  );
  return {
    gate,
    metrics: {
      weights: columns.map((aspect, column) => ({
        aspect,
        mean: weights.reduce((sum, row) => sum + row[column]!, 0) / weights.length,
      })),
      accuracy: meanOver(credits, ({ gated }) => gated, seed),
      overallAccuracy: meanOver(credits, ({ overall }) => overall, seed),
      difference: meanOver(credits, ({ gated, overall }) => gated - overall, seed),
    },
  };
}

/** What the labels were too few for. */
function leftOutOf({ heads }: TrainingData, usable: UsableExamples): HeadMetrics["leftOut"] {
  if (!heads) return [];
  const counted = (
    name: string,
    examples: readonly { split: TrainingPair["split"] }[],
  ): HeadMetrics["leftOut"][number] => ({
    name,
    train: examples.filter(({ split }) => split === "train").length,
    validation: examples.filter(({ split }) => split === "validation").length,
  });
  const missing = <C, E extends { column: number; split: TrainingPair["split"] }>(
    all: { columns: readonly C[]; examples: readonly E[] },
    kept: readonly C[],
    nameOf: (column: C) => string,
  ): HeadMetrics["leftOut"] => {
    const names = new Set(kept.map(nameOf));
    return all.columns.flatMap((column, place) =>
      names.has(nameOf(column))
        ? []
        : [
            counted(
              nameOf(column),
              all.examples.filter((example) => example.column === place),
            ),
          ],
    );
  };
  return [
    ...(heads.rankings.length > 0 && usable.rankings.length === 0 ? [counted("rankings", heads.rankings)] : []),
    ...missing(heads.ratings, usable.ratings.columns, ({ question, aspect }) => `${question}, ${aspect}`),
    ...missing(heads.binary, usable.binary.columns, ({ question }) => question),
    ...missing(heads.aspects, usable.aspects.columns, (aspect) => aspect),
  ];
}
