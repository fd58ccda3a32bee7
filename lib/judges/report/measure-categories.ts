import { cohenKappa } from "@/lib/stats/cohen-kappa";
import { coincidencesOf, krippendorffAlpha } from "@/lib/stats/krippendorff";
import type { Addends } from "@/lib/stats/drawn-totals";
import { figuresByPrompt, ratio } from "./by-group";
import type { Figures, QuestionReport } from "./schema";
import { consensusOf, type Observation, type QuestionKey } from "./unit";

/** With more, tables say little and cost much. */
const mostCategories = 40;

/** Categories that have an order. */
const ordered: Partial<Record<QuestionKey["type"], string[]>> = {
  comparison: ["0", "tie", "1"],
  ranking: ["0", "tie", "1"],
  binary: ["no", "yes"],
  steps: ["bad", "neutral", "good"],
};

/** Agreement with the consensus where answers are categories. */
export function measureCategories(
  observations: readonly Observation[],
  { type, part }: Pick<QuestionKey, "type" | "part">,
): Pick<QuestionReport, "figures" | "confusion"> {
  const known = part === "answer" ? ordered[type] : undefined;
  const categories = known ?? categoriesOf(observations);
  if (categories.length > mostCategories) return { figures: hitsOnly(observations), confusion: null };
  const size = categories.length;
  const placeOf = new Map(categories.map((category, place) => [category, place]));
  const base = { hits: 0, units: 1, peopleHits: 2, peopleUnits: 3, answerHits: 4, answers: 5, table: 6 };
  const [alone, withAi] = [base.table + size ** 2, base.table + 2 * size ** 2];
  const numbers = categories.map((_, place) => place);
  const tableAt = (totals: Float64Array, from: number) => totals.subarray(from, from + size ** 2);
  const hasTie = categories.includes("tie");
  const figures: Record<string, (totals: Float64Array) => number | null> = {
    accuracy: ratio(base.hits, base.units),
    answerAccuracy: ratio(base.answerHits, base.answers),
    peopleAccuracy: ratio(base.peopleHits, base.peopleUnits),
    kappa: (totals) => cohenKappa(tableAt(totals, base.table), size),
    alphaPeople: (totals) => krippendorffAlpha(tableAt(totals, alone), numbers, "nominal"),
    alphaWithAi: (totals) => krippendorffAlpha(tableAt(totals, withAi), numbers, "nominal"),
    ...(known &&
      size > 2 && { quadraticKappa: (totals) => cohenKappa(tableAt(totals, base.table), size, "quadratic") }),
    ...(hasTie && { decidedAccuracy: (totals) => decided(tableAt(totals, base.table)) }),
    ...(type === "ranking" && { tau: (totals) => tauB(tableAt(totals, base.table)) }),
  };
  const addends = ({ unit, value, singles }: Observation): Addends => {
    const added: [number, number][] = [...hitsOf({ unit, value, singles })];
    if (unit.reference !== null)
      added.push([base.table + size * placeOf.get(String(unit.reference))! + placeOf.get(String(value))!, 1]);
    const counts = new Uint32Array(size);
    for (const answer of unit.people) counts[placeOf.get(String(answer))!]!++;
    for (const [place, amount] of coincidencesOf(counts)) added.push([alone + place, amount]);
    counts[placeOf.get(String(value))!]!++;
    for (const [place, amount] of coincidencesOf(counts)) added.push([withAi + place, amount]);
    return added;
  };
  const found = figuresByPrompt({ observations, width: base.table + 3 * size ** 2, addends, figures });
  return {
    figures: found as Figures,
    confusion: { categories, counts: confusionOf(observations, categories, placeOf) },
  };
}

/** Hits and units of the AI, of people against the others, and of the AI's single answers. */
function hitsOf({ unit, value, singles }: Pick<Observation, "unit" | "value" | "singles">): [number, number][] {
  const added: [number, number][] = [];
  if (unit.reference !== null) {
    const right = String(unit.reference);
    added.push([0, Number(String(value) === right)], [1, 1]);
    added.push([4, singles.filter((single) => String(single.value) === right).length], [5, singles.length]);
  }
  for (const [i, answer] of unit.people.entries()) {
    const others = consensusOf(unit.people.toSpliced(i, 1));
    if (others !== null) added.push([2, Number(String(answer) === String(others))], [3, 1]);
  }
  return added;
}

function hitsOnly(observations: readonly Observation[]): Figures {
  const figures = { accuracy: ratio(0, 1), peopleAccuracy: ratio(2, 3), answerAccuracy: ratio(4, 5) };
  return figuresByPrompt({ observations, width: 6, addends: hitsOf, figures });
}

function categoriesOf(observations: readonly Observation[]): string[] {
  const found = new Set<string>();
  for (const { unit, value } of observations)
    for (const each of [value, ...unit.people, ...(unit.reference === null ? [] : [unit.reference])])
      found.add(String(each));
  return [...found].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function confusionOf(
  observations: readonly Observation[],
  categories: readonly string[],
  placeOf: ReadonlyMap<string, number>,
): number[][] {
  const counts = categories.map(() => categories.map(() => 0));
  for (const { unit, value } of observations)
    if (unit.reference !== null) counts[placeOf.get(String(unit.reference))!]![placeOf.get(String(value))!]!++;
  return counts;
}

/** Of the table by 0, tie and 1: where neither side is a tie. */
function decided(table: Float64Array): number | null {
  const right = table[0]! + table[8]!;
  const all = right + table[2]! + table[6]!;
  return all > 0 ? right / all : null;
}

/** Kendall's tau-b of the table by 0, tie and 1, whose rows are the consensus. */
function tauB(table: Float64Array): number | null {
  const [alike, apart] = [table[0]! + table[8]!, table[2]! + table[6]!];
  const [consensusTies, aiTies] = [table[3]! + table[5]!, table[1]! + table[7]!];
  const scale = Math.sqrt((alike + apart + consensusTies) * (alike + apart + aiTies));
  return scale > 0 ? (alike - apart) / scale : null;
}
