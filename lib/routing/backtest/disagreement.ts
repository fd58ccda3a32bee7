import { disagreement } from "@/lib/stats/disagreement";
import { seededRandom } from "@/lib/stats/random";
import { fitProxies, marginsOf, penaltyFor } from "../learn/proxies";
import { logitSpread, type BacktestInput } from "./input";
import { takeRows } from "./take-rows";

const members = 8;
/** Of the prompts, that a member learns from. */
const memberShare = 2 / 3;

/**
 * How much reward models disagree on each of some units (BALD, in nats): an ensemble of linear models that learn people's labels of
 * the fitted part, each of other prompts. Scores of the model that serves the project would not do: it has learned from
 * the labels that the units are measured by. Null without texts or with nothing to learn from.
 */
export async function disagreementOf(given: {
  input: BacktestInput;
  fit: Int32Array;
  units: Int32Array;
  hidden: number;
  seed: number;
}): Promise<Float64Array | null> {
  const { input, units, hidden, seed } = given;
  const { learning, human, groups } = input;
  const fit = given.fit.filter((unit) => !Number.isNaN(human[unit]));
  if (!learning || fit.length === 0) return null;
  const random = seededRandom(seed);
  const learns = new Map<number, boolean[]>();
  for (const unit of fit)
    if (!learns.has(groups[unit]!))
      learns.set(
        groups[unit]!,
        Array.from({ length: members }, () => random() < memberShare),
      );
  const labels = new Float32Array(fit.length * members);
  fit.forEach((unit, row) =>
    learns.get(groups[unit]!)!.forEach((isTaught, member) => {
      labels[row * members + member] = isTaught ? human[unit]! : NaN;
    }),
  );
  const { width } = learning;
  const vectors = takeRows(learning.vectors, width, fit);
  const l2 = penaltyFor(vectors, width, logitSpread);
  const proxies = await fitProxies({ vectors, width, rows: fit.length, labels, l2, hidden, seed });
  const margins = await marginsOf(proxies, takeRows(learning.vectors, width, units));
  return Float64Array.from(units, (_, row) =>
    disagreement(Array.from(margins.subarray(row * members, (row + 1) * members))),
  );
}
