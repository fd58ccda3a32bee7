import { measureBias, measureModels } from "./bias";
import type { Said } from "./collect";
import { measureCategories } from "./measure-categories";
import { measureConfidence } from "./measure-confidence";
import { measureNumbers, measureSpans } from "./measure-numbers";
import { measurePosition, measureSelfAgreement } from "./position";
import type { QuestionReport } from "./schema";
import { measureSlices } from "./slices";
import type { Observation } from "./unit";

/** Everything that can be said of an AI's answers to one question. `own` names its model. */
export function reportQuestion({ key, observations }: Said, own: string): QuestionReport {
  const isNumeric = key.type === "rating" && observations.every(isNumber);
  const isCategorical = key.type !== "spans" && !isNumeric;
  const isPair = key.type === "comparison";
  const count = (by: Observation["unit"]["by"]) => observations.filter(({ unit }) => unit.by === by).length;
  const measured = observations.filter(({ unit }) => unit.reference !== null || unit.people.length > 0);
  const agreement = isCategorical
    ? measureCategories(observations, key)
    : { figures: isNumeric ? measureNumbers(observations) : measureSpans(observations), confusion: null };
  // Spans come to no single answer: whoever marked anything is a reference.
  const marked = key.type === "spans" ? measured.length : null;
  const position = isPair ? measurePosition(observations) : null;
  const bias = isPair ? measureBias(observations) : null;
  const models = isPair ? measureModels(observations, own) : [];
  return {
    ...key,
    units: observations.length,
    references: { people: marked ?? count("people"), gold: count("gold"), drawn: marked === null ? count("drawn") : 0 },
    prompts: new Set(measured.map(({ unit }) => unit.subject.group)).size,
    ...{ ...agreement, position, bias, models },
    selfAgreement: measureSelfAgreement(observations),
    confidence: isCategorical ? measureConfidence(observations) : null,
    slices: isCategorical ? measureSlices(observations) : [],
  };
}

function isNumber({ unit, value }: Observation): boolean {
  const all = [value, ...unit.people, ...(unit.reference === null ? [] : [unit.reference])];
  return all.every((each) => typeof each === "number");
}
