import { softplus } from "@/lib/stats/logistic";
import { fitProxies, marginsOf, penaltyFor } from "../learn/proxies";
import type { Choice } from "./choosers";
import { logitSpread, type BacktestInput, type Split } from "./input";
import { takeRows } from "./take-rows";

/** Reward models of each choice of labels, on units that people's labels are known of. */
export type Measured = {
  units: Int32Array;
  /** 1 where the model of a choice prefers what people prefer, in a row of `units`. */
  accuracy: (row: number, choice: number) => number;
  /** Of people's preference, in nats. */
  logLikelihood: (row: number, choice: number) => number;
};

/**
 * Trains one reward model on each choice of labels of the pool, all at once, and scores the gold of the test part that is
 * no tie. Null without texts or where that part has no gold.
 */
export async function measureRewards(given: {
  input: BacktestInput;
  split: Split;
  /** Labels of the pool, then of the test part. */
  choices: readonly Choice[];
  hidden: number;
  seed: number;
}): Promise<Measured | null> {
  const { input, split, choices, hidden, seed } = given;
  const { learning, human } = input;
  if (!learning) return null;
  const units = split.test.filter((unit) => learning.gold[unit] === 1 && human[unit] !== 0.5);
  if (units.length === 0 || split.pool.length === 0) return null;
  const { labels, columnOf, columns } = labelsOf({ pool: split.pool, choices, human });
  const { width } = learning;
  const vectors = takeRows(learning.vectors, width, split.pool);
  const l2 = penaltyFor(vectors, width, logitSpread);
  const proxies = await fitProxies({ vectors, width, rows: split.pool.length, labels, l2, hidden, seed });
  const scores = await marginsOf(proxies, takeRows(learning.vectors, width, units));
  /** Of what people prefer over the other, in logits. */
  const margin = (row: number, choice: number): number =>
    scores[row * columns + columnOf[choice]!]! * (human[units[row]!] === 1 ? 1 : -1);
  return {
    units,
    accuracy: (row, choice) => 0.5 * (1 + Math.sign(margin(row, choice))),
    logLikelihood: (row, choice) => -softplus(-margin(row, choice)),
  };
}

/** [pool, distinct choices] row by row: many choices are the same, such as all by people. */
function labelsOf(given: { pool: Int32Array; choices: readonly Choice[]; human: Float64Array }): {
  labels: Float32Array;
  columnOf: number[];
  columns: number;
} {
  const { pool, choices, human } = given;
  // What people are undecided about is a toss-up, as where a project's own model is trained.
  const people = Float32Array.from(pool, (unit) => (Number.isNaN(human[unit]) ? 0.5 : human[unit]!));
  const distinct = new Map<string, Float32Array>();
  const keys = choices.map(({ byPeople, ai }) => {
    const labels = people.map((label, place) => (byPeople[place] === 1 ? label : ai[place]!));
    const key = labels.join();
    distinct.set(key, labels);
    return key;
  });
  const columns = distinct.size;
  const labels = new Float32Array(pool.length * columns);
  [...distinct.values()].forEach((own, column) =>
    own.forEach((label, row) => (labels[row * columns + column] = label)),
  );
  const places = new Map([...distinct.keys()].map((key, place) => [key, place]));
  return { labels, columnOf: keys.map((key) => places.get(key)!), columns };
}
