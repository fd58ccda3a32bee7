import { clusteredLogistic } from "@/lib/stats/clustered-logistic";
import type { Addends } from "@/lib/stats/drawn-totals";
import { figuresByPrompt, ratio } from "./by-group";
import type { FigureView, PositionReport } from "./schema";
import type { Observation, Single } from "./unit";

/** Fewer answers say nothing of a bias. */
const fewestAnswers = 30;

/** How the order of presentation moves comparisons; null where no order is known. */
export function measurePosition(observations: readonly Observation[]): PositionReport | null {
  const shown = observations.filter(({ singles }) => singles.some(({ first }) => first !== null));
  if (shown.length === 0) return null;
  const found = figuresByPrompt({
    observations: shown,
    width: 6,
    addends: positionAddends,
    figures: { flips: ratio(1, 0), firstAmongContradictions: ratio(3, 2), first: ratio(5, 4) },
  });
  const totals = new Float64Array(6);
  for (const observation of shown) for (const [place, amount] of positionAddends(observation)) totals[place]! += amount;
  return {
    ...{ pairs: totals[0]!, contradictions: totals[2]! },
    flips: found.flips ?? null,
    firstAmongContradictions: found.firstAmongContradictions ?? null,
    first: found.first ?? null,
    bias: biasOf(shown),
  };
}

/** Share of pairs of answers to one question in one order that are the same; null without repeated answers. */
export function measureSelfAgreement(observations: readonly Observation[]): FigureView | null {
  const addends = ({ singles }: Observation): Addends => {
    const added: [number, number][] = [];
    for (const first of [0, 1, null]) {
      const alike = singles.filter((single) => single.first === first && typeof single.value !== "object");
      for (const [i, { value }] of alike.entries())
        for (const other of alike.slice(0, i)) added.push([0, Number(value === other.value)], [1, 1]);
    }
    return added;
  };
  return figuresByPrompt({ observations, width: 2, addends, figures: { share: ratio(0, 1) } }).share ?? null;
}

/** Pairs in both orders, flips, contradictions, those for the first; decided answers of known order, those for the first. */
function positionAddends({ singles }: Observation): Addends {
  const inOrder = singles.filter(({ first }) => first === 0);
  const swapped = singles.filter(({ first }) => first === 1);
  const added: [number, number][] = [];
  for (const [i, { value }] of inOrder.entries()) {
    const other = swapped[i]?.value;
    if (other === undefined) break;
    const isContradiction = value !== other && value !== "tie" && other !== "tie";
    added.push([0, 1], [1, Number(value !== other)]);
    if (isContradiction) added.push([2, 1], [3, Number(value === "0")]);
  }
  for (const { value, first } of [...inOrder, ...swapped])
    if (value !== "tie") added.push([4, 1], [5, Number(value === String(first))]);
  return added;
}

function biasOf(observations: readonly Observation[]): FigureView | null {
  const answers = observations.flatMap(({ unit, singles }) =>
    unit.reference === null ? [] : singles.flatMap((single) => (single.first === null ? [] : [{ unit, single }])),
  );
  if (answers.length < fewestAnswers) return null;
  const fit = clusteredLogistic({
    rows: answers.map(({ unit, single }) => [towards(String(unit.reference), single.first!), 1]),
    width: 2,
    targets: answers.map(({ single }) => chosen(single, single.first!)),
    groups: answers.map(({ unit }) => unit.subject.group),
    l2: 1e-3,
  });
  return fit ? { value: fit.coefficients[1]!.value, interval: fit.coefficients[1]!.interval } : null;
}

/** 1 where an answer prefers this side, -1 where the other, 0 for a tie. */
export function towards(answer: string, side: 0 | 1): number {
  if (answer === "tie") return 0;
  return answer === String(side) ? 1 : -1;
}

/** 1 where an answer prefers this side, 0 where the other, one half for a tie. */
export function chosen({ value }: Pick<Single, "value">, side: 0 | 1): number {
  return (1 + towards(String(value), side)) / 2;
}
