import { confidenceBins, confidenceError, confidenceTemperature, temper } from "@/lib/stats/confidence";
import type { ConfidenceReport } from "./schema";
import type { Observation } from "./unit";

/** Each half needs as many answers, or its temperature is chance. */
const fewestOfHalf = 25;

/** How well the AI's confidence tells how often it is right; null where it states none. */
export function measureConfidence(observations: readonly Observation[]): ConfidenceReport | null {
  const answers = observations.flatMap(({ unit, value, confidence }) =>
    unit.reference === null || confidence === null || confidence < 0 || confidence > 1
      ? []
      : [{ confidence, isRight: String(value) === String(unit.reference), group: unit.subject.group }],
  );
  if (answers.length === 0) return null;
  // Prompts are numbered as they came, which has nothing to do with their parity.
  const fitted = answers.filter(({ group }) => group % 2 === 0);
  const measured = answers.filter(({ group }) => group % 2 === 1);
  return {
    answers: answers.length,
    calibrationError: confidenceError(columnsOf(answers)),
    bins: confidenceBins(columnsOf(answers)),
    tempered: Math.min(fitted.length, measured.length) < fewestOfHalf ? null : temperedOf(fitted, measured),
  };
}

type Answer = { confidence: number; isRight: boolean };

function temperedOf(fitted: Answer[], measured: Answer[]): ConfidenceReport["tempered"] {
  const temperature = confidenceTemperature(columnsOf(fitted));
  const cooled = measured.map(({ confidence, isRight }) => ({ confidence: temper(confidence, temperature), isRight }));
  return {
    ...{ temperature, answers: measured.length },
    before: confidenceError(columnsOf(measured)),
    after: confidenceError(columnsOf(cooled)),
  };
}

function columnsOf(answers: readonly Answer[]): { confidences: number[]; isRight: boolean[] } {
  return {
    confidences: answers.map(({ confidence }) => confidence),
    isRight: answers.map(({ isRight }) => isRight),
  };
}
