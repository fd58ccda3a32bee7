import { randomOrder } from "@/lib/reward/training/sampling";
import { middle95 } from "@/lib/stats/bootstrap";
import type { Random } from "@/lib/stats/random";
import { spearman } from "@/lib/stats/rank-correlation";
import { fitPredictor } from "./fit-predictor";
import { predict } from "./predict";
import { predictorKinds, type Figure, type PredictorFigures, type PredictorKind } from "./schema";

const foldCount = 5;
const rounds = 400;

/** Mixes by their shares, and what their reward models are worth: nats a pair. */
type MixResults = { z: readonly Float64Array[]; targets: Float64Array };

export type Comparison = {
  figures: PredictorFigures[];
  chosen: PredictorKind;
  /** How much the chosen one's rank correlation is above that of the share alone, among the same mixes. */
  aboveShare: Figure;
};

/**
 * Measures each kind of predictor on mixes that it did not see: fitted on four fifths of the mixes of all shares and asked
 * for the rest, and fitted on all of them and asked for other mixes, of one share, among which the share alone foresees
 * nothing. Intervals are from drawing mixes again; they say nothing of other prompts, which coefficients do. Chosen is the
 * plainest kind beyond the share whose rank correlation is not surely below the best one's.
 */
export function comparePredictors(given: { varied: MixResults; atOneShare: MixResults; random: Random }): Comparison {
  const { varied, atOneShare, random } = given;
  const folds = randomOrder(varied.z.length, random).map((order) => order % foldCount);
  const truth = Array.from(varied.targets);
  const foreseen = predictorKinds.map((kind) => foreseeUnseen(kind, varied, folds));
  const correlations = foreseen.map((own) => spearman(own, truth) ?? 0);
  const drawn = drawings(truth.length, random);
  const redrawn = foreseen.map((own) => drawn.map((places) => spearman(pick(own, places), pick(truth, places)) ?? 0));
  const chosenAt = plainestOfBest(correlations, redrawn);
  const share = predictorKinds.indexOf("share");
  const differences = redrawn[chosenAt]!.map((value, round) => value - redrawn[share]![round]!);
  const drawnAtOneShare = drawings(atOneShare.targets.length, random);
  const figures = predictorKinds.map((kind, at): PredictorFigures => {
    const own = foreseen[at]!;
    const r2 = rSquared(own, truth);
    const redrawnR2 = drawn.map((places) => rSquared(pick(own, places), pick(truth, places)));
    return {
      kind,
      r2: { value: r2, interval: intervalOf(redrawnR2) },
      spearman: { value: correlations[at]!, interval: intervalOf(redrawn[at]!) },
      spearmanAtOneShare: correlationAtOneShare(kind, { varied, atOneShare, drawn: drawnAtOneShare }),
      isChosen: at === chosenAt,
    };
  });
  const aboveShare = { value: correlations[chosenAt]! - correlations[share]!, interval: intervalOf(differences) };
  return { figures, chosen: predictorKinds[chosenAt]!, aboveShare };
}

function foreseeUnseen(kind: PredictorKind, { z, targets }: MixResults, folds: Uint32Array): number[] {
  const foreseen = new Array<number>(z.length).fill(0);
  for (let fold = 0; fold < foldCount; fold++) {
    const isSeen = (_: unknown, i: number): boolean => folds[i] !== fold;
    const predictor = fitPredictor(kind, { z: z.filter(isSeen), targets: targets.filter(isSeen) });
    z.forEach((own, i) => {
      if (folds[i] === fold) foreseen[i] = predict(predictor, own);
    });
  }
  return foreseen;
}

function plainestOfBest(correlations: readonly number[], redrawn: readonly number[][]): number {
  const beyondShare = predictorKinds.flatMap((kind, at) => (kind === "share" ? [] : [at]));
  const best = beyondShare.reduce((a, b) => (correlations[b]! > correlations[a]! ? b : a));
  const isNotBelow = (at: number): boolean => {
    const [, high] = intervalOf(redrawn[at]!.map((value, round) => value - redrawn[best]![round]!))!;
    return at === best || high >= 0;
  };
  return beyondShare.find(isNotBelow)!;
}

/** 0 without an interval where a predictor says the same of all, as the share alone does. */
function correlationAtOneShare(
  kind: PredictorKind,
  given: { varied: MixResults; atOneShare: MixResults; drawn: readonly number[][] },
): Figure {
  const { varied, atOneShare, drawn } = given;
  if (kind === "share") return { value: 0, interval: null };
  const predictor = fitPredictor(kind, varied);
  const foreseen = atOneShare.z.map((own) => predict(predictor, own));
  const truth = Array.from(atOneShare.targets);
  const value = spearman(foreseen, truth);
  if (value === null) return { value: 0, interval: null };
  const redrawn = drawn.map((places) => spearman(pick(foreseen, places), pick(truth, places)) ?? 0);
  return { value, interval: intervalOf(redrawn) };
}

/** 1 - squared errors / squared deviations from the mean. */
function rSquared(foreseen: readonly number[], truth: readonly number[]): number {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  let [errors, deviations] = [0, 0];
  truth.forEach((value, i) => {
    errors += (value - foreseen[i]!) ** 2;
    deviations += (value - mean) ** 2;
  });
  return deviations === 0 ? 0 : 1 - errors / deviations;
}

function drawings(count: number, random: Random): number[][] {
  return Array.from({ length: rounds }, () => Array.from({ length: count }, () => Math.floor(random() * count)));
}

const pick = (values: readonly number[], places: readonly number[]): number[] => places.map((place) => values[place]!);

const intervalOf = (replicates: readonly number[]): Figure["interval"] => middle95(Float64Array.from(replicates));
