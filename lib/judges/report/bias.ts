import { clusteredLogistic } from "@/lib/stats/clustered-logistic";
import type { Addends } from "@/lib/stats/drawn-totals";
import { figuresByPrompt, ratio } from "./by-group";
import { chosen, towards } from "./position";
import { biasFeatures, type BiasReport, type ModelWins } from "./schema";
import type { Observation } from "./unit";

/** Fewer answers cannot tell seven coefficients. */
const fewestAnswers = 50;
/** A weak pull to 0, in the place of coefficients that run away where few answers are apart in a feature. */
const ridge = 1;
const fewestModelPairs = 10;
const mostModels = 30;

/**
 * Whether the AI's choice depends on length, format and position beyond what people prefer. Differences are of the first
 * of a pair less the second, in units of their root mean square, so no intercept is due. Ties are half a choice of each.
 */
export function measureBias(observations: readonly Observation[]): BiasReport | null {
  const answers = observations.flatMap(({ unit, singles }) => {
    const [a, b] = unit.target.split("-").map((index) => unit.subject.styles[Number(index)]);
    if (unit.reference === null || !a || !b) return [];
    const differences = a.map((value, i) => value - b[i]!);
    const { group } = unit.subject;
    return singles.map((single) => ({
      ...{ group, target: chosen(single, 0) },
      row: [towards(String(unit.reference), 0), ...differences, single.first === null ? 0 : 1 - 2 * single.first],
    }));
  });
  if (answers.length < fewestAnswers) return null;
  const deviations = biasFeatures.map((feature, j) => {
    const size = Math.sqrt(answers.reduce((sum, { row }) => sum + row[j]! ** 2, 0) / answers.length);
    return size > 0 && (feature === "consensus" || feature === "position") ? 1 : size;
  });
  const kept = biasFeatures.flatMap((feature, j) => (deviations[j]! > 1e-9 ? [{ feature, j }] : []));
  const fit = clusteredLogistic({
    rows: answers.map(({ row }) => kept.map(({ j }) => row[j]! / deviations[j]!)),
    width: kept.length,
    targets: answers.map(({ target }) => target),
    groups: answers.map(({ group }) => group),
    l2: ridge,
  });
  if (!fit) return null;
  const coefficients = kept.map(({ feature, j }, place) => {
    const { value, interval } = fit.coefficients[place]!;
    return { feature, value, interval, deviation: deviations[j]! };
  });
  return { answers: answers.length, coefficients };
}

/** How often each model's completions win by the AI, and by the consensus on the same pairs. `own` names the AI's model. */
export function measureModels(observations: readonly Observation[], own: string): ModelWins[] {
  const pairsOf = new Map<string, { observation: Observation; side: 0 | 1 }[]>();
  for (const observation of observations) {
    const { unit } = observation;
    const [a, b] = unit.target.split("-").map((index) => unit.subject.models[Number(index)] ?? null);
    if (unit.reference === null || a === b) continue;
    for (const [side, model] of [
      [0, a],
      [1, b],
    ] as const) {
      if (model == null) continue;
      const pairs = pairsOf.get(model);
      if (pairs) pairs.push({ observation, side });
      else pairsOf.set(model, [{ observation, side }]);
    }
  }
  const listed = [...pairsOf].filter(([, pairs]) => pairs.length >= fewestModelPairs);
  listed.sort(([a, pairsA], [b, pairsB]) => pairsB.length - pairsA.length || (a < b ? -1 : 1));
  return listed.slice(0, mostModels).map(([model, pairs]) => winsOf(model, pairs, own));
}

function winsOf(model: string, pairs: { observation: Observation; side: 0 | 1 }[], own: string): ModelWins {
  const sides = new Map(pairs.map(({ observation, side }) => [observation, side]));
  const addends = (observation: Observation): Addends => {
    const side = sides.get(observation)!;
    const [ai, consensus] = [chosen(observation, side), chosen({ value: observation.unit.reference! }, side)];
    return [
      [0, ai - consensus],
      [1, 1],
      [2, ai],
      [3, consensus],
    ];
  };
  const observations = pairs.map(({ observation }) => observation);
  const figures = { difference: ratio(0, 1), ai: ratio(2, 1), consensus: ratio(3, 1) };
  const found = figuresByPrompt({ observations, width: 4, addends, figures });
  return {
    ...{ model, kin: kinOf(model, own), pairs: pairs.length },
    ...{ ai: found.ai!.value, consensus: found.consensus!.value, difference: found.difference! },
  };
}

/**
 * "same" where one name begins with the other, "family" where both begin with the same letters: gpt-4 and gpt-3.5. What
 * is shorter than three letters says nothing but by itself.
 */
function kinOf(model: string, own: string): ModelWins["kin"] {
  const [a, b] = [model, own].map((name) => plain(name));
  if (!a || !b) return null;
  if (a === b || (Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a)))) return "same";
  const [familyA, familyB] = [a, b].map((name) => /^[a-z]+/.exec(name)?.[0] ?? "");
  return familyA!.length >= 3 && familyA === familyB ? "family" : null;
}

/** Of "owner/Name-1" it is "name1". */
function plain(name: string): string {
  return name
    .slice(name.lastIndexOf("/") + 1)
    .toLowerCase()
    .replaceAll(/[^a-z\d]/g, "");
}
