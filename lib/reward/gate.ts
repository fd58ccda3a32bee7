import { failedPartWords } from "@/lib/text/failed-part-words";
import { wordSlice } from "@/lib/text/slice-words";
import {
  fewestGroupPairs,
  fewestTestPairs,
  type GateDecision,
  type ModelComparison,
  type ModelMetrics,
} from "./schema";

const largestLoss = 0.01;
const largestCalibrationError = 0.05;
/** From so many test pairs on, the calibration error itself says something. */
const calibratedPairs = 1000;
const largestGroupLoss = 0.02;
const largestDistance = 0.1;

type Rule = GateDecision["rules"][number];

/**
 * Whether a new version is to serve. The first one has to beat the majority baseline. A later one must not be worse than
 * the active one: in log loss, in calibration, in any large group of pairs, and in the shape of its rewards, and lack no part that it has. With fewer
 * than 200 test pairs the point estimates decide, and the decision is marked as weak evidence.
 */
export function decideGate(
  metrics: Pick<ModelMetrics, "test" | "withSides">,
  activeVersion: number | null,
  comparison: ModelComparison | null,
): GateDecision {
  const isWeakEvidence = metrics.test.pairs < fewestTestPairs;
  const rules = activeVersion === null ? [majorityRule(metrics)] : laterRules(metrics, activeVersion, comparison);
  return {
    isPassed: rules.every(({ isPassed }) => isPassed),
    comparedWith: activeVersion,
    isWeakEvidence,
    rules,
    comparison,
  };
}

function laterRules(
  metrics: Pick<ModelMetrics, "test" | "withSides">,
  activeVersion: number,
  comparison: ModelComparison | null,
): Rule[] {
  if (!comparison) {
    const { pairs, ties } = metrics.test;
    const reason =
      pairs + ties === 0
        ? `There are no test pairs to compare it with version ${activeVersion} on.`
        : `It could not be compared with version ${activeVersion}, whose encoder cannot be used any more.`;
    return [{ rule: "loss", isPassed: false, reason }];
  }
  const isWeakEvidence = metrics.test.pairs < fewestTestPairs;
  return [
    lossRule(comparison, isWeakEvidence),
    calibrationRule(metrics, comparison),
    groupRule(comparison),
    driftRule(comparison, isWeakEvidence),
    ...(comparison.lost.length > 0 ? [partsRule(comparison)] : []),
  ];
}

/** The decision when another version became active while this one was being compared. */
export function overtaken(decision: GateDecision, activeVersion: number | null): GateDecision {
  const now = activeVersion === null ? "no version is active" : `version ${activeVersion} is active`;
  const before = decision.comparedWith === null ? "no version" : `version ${decision.comparedWith}`;
  const reason = `It was compared with ${before}, and ${now} now. Train again, or promote it by hand.`;
  return {
    ...decision,
    isPassed: false,
    rules: [...decision.rules, { rule: "still-active", isPassed: false, reason }],
  };
}

function majorityRule({ withSides }: Pick<ModelMetrics, "withSides">): Rule {
  const advantage = withSides.advantage.majority;
  if (!advantage) {
    const reason = "There are no test pairs to compare it with the majority baseline on.";
    return { rule: "beats-majority", isPassed: false, reason };
  }
  const isPassed = advantage.mean > 0;
  const by = `${points(Math.abs(advantage.mean))} points`;
  const reason = isPassed
    ? `It beats the majority baseline by ${by}.`
    : `It does not beat the majority baseline: ${advantage.mean === 0 ? "both are right equally often" : `it is right ${by} less often`}.`;
  return { rule: "beats-majority", isPassed, reason };
}

function lossRule({ logLoss, version }: ModelComparison, isWeakEvidence: boolean): Rule {
  const worst = isWeakEvidence ? logLoss.mean : logLoss.interval[1];
  const isPassed = worst <= largestLoss;
  const what = isWeakEvidence ? "" : ", at the upper end of the interval";
  const reason = `Its log loss is ${signed(worst, 3)} beside version ${version}${what}; at most +${largestLoss} is allowed.`;
  return { rule: "loss", isPassed, reason };
}

function calibrationRule(
  { test, withSides }: Pick<ModelMetrics, "test" | "withSides">,
  comparison: ModelComparison,
): Rule {
  const { error, band, isWithinBand } = withSides.calibration;
  const measured = error ?? Infinity;
  const isNoWorse = measured <= comparison.activeCalibrationError + largestLoss;
  const isEnough = test.pairs >= calibratedPairs;
  const isPassed = isNoWorse || (isEnough ? measured <= largestCalibrationError : isWithinBand);
  const limit = isEnough
    ? `${largestCalibrationError}`
    : `${band[1].toFixed(3)}, the most that chance gives a calibrated model on ${test.pairs} pairs`;
  const reason = `Its calibration error is ${measured.toFixed(3)}; allowed are ${limit}, or 0.01 more than the ${comparison.activeCalibrationError.toFixed(3)} of version ${comparison.version}.`;
  return { rule: "calibration", isPassed, reason };
}

function groupRule({ groups, slices, version }: ModelComparison): Rule {
  const named = [
    ...groups.map(({ source, accuracy }) => ({ name: wordSlice({ by: "labelled-by", value: source }), accuracy })),
    ...slices.map(({ by, value, accuracy }) => ({ name: wordSlice({ by, value }), accuracy })),
  ];
  const large = named.filter(({ accuracy }) => accuracy.values >= fewestGroupPairs);
  const worse = large
    .filter(({ accuracy }) => accuracy.interval[1] < -largestGroupLoss)
    .sort((a, b) => a.accuracy.mean - b.accuracy.mean);
  const others = worse.length > 1 ? `, and loses more than 2 points on ${worse.length - 1} more` : "";
  const reason =
    worse.length > 0
      ? `It is right ${points(-worse[0]!.accuracy.mean)} points less often than version ${version} on ${worse[0]!.name}${others}.`
      : large.length > 0
        ? `None of ${large.length} kinds of at least ${fewestGroupPairs} pairs loses more than 2 points.`
        : `No kind has ${fewestGroupPairs} pairs, so none was compared.`;
  return { rule: "groups", isPassed: worse.length === 0, reason };
}

function driftRule({ distance, version }: ModelComparison, isWeakEvidence: boolean): Rule {
  const found = `Its rewards differ from those of version ${version} by a Kolmogorov-Smirnov distance of ${distance.toFixed(3)}`;
  if (isWeakEvidence) {
    return { rule: "drift", isPassed: true, reason: `${found}; with so few test pairs that does not count.` };
  }
  return {
    rule: "drift",
    isPassed: distance < largestDistance,
    reason: `${found}; it must be below ${largestDistance}.`,
  };
}

/** Who asks the one that serves for such rewards would get none any more. */
function partsRule({ lost, version }: ModelComparison): Rule {
  const names = lost.map((part) => failedPartWords[part].toLowerCase()).join("; ");
  const reason = `Version ${version} has what could not be made for this one: ${names}. Train again, or promote it by hand.`;
  return { rule: "parts", isPassed: false, reason };
}

const points = (share: number): string => (100 * share).toFixed(1);

const signed = (value: number, digits: number): string => `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(digits)}`;
