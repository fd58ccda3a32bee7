import { softplus } from "@/lib/stats/logistic";
import { foldCount } from "./folds";
import type { LearnInput } from "./input";
import type { Mix } from "./mixes";
import { fitProxies, marginsOf, penaltyFor } from "./proxies";

/** Standard deviations of logits, before any label, among which the pure mixes choose the proxies' penalty. */
const spreads = [0.5, 1, 2, 4, 8];

/** Numbers in the labels of one graph: 64 MB, and its intermediates as much each. */
const mostNumbers = 2 ** 24;

/** How the proxies of mixes do on pairs of prompts that they did not see, prompt by prompt. */
export type HeldOut = {
  /** For each mix, by prompt: the sum of the log-likelihoods of its gold pairs. */
  sums: readonly Float64Array[];
  /** Gold pairs of each prompt. */
  counts: Float64Array;
  /** Seconds for the proxies. */
  seconds: number;
};

/**
 * Trains a proxy on each mix and measures it on held-out gold pairs by y log p + (1 - y) log(1 - p), y = 1/2 for a tie.
 * Prompts are held out part by part: the proxies of a part never saw a pair of its prompts, and a mix is measured by its
 * proxies of all parts, so that every gold pair counts. Proxies without a hidden layer are exact minima, so that mixes
 * differ by what was labelled alone and none needs to be repeated with another seed.
 */
export async function trainMixes(given: {
  input: LearnInput;
  folds: Int32Array;
  mixes: readonly Mix[];
  hidden: number;
  seed: number;
  /** Parts of 1, after every step of the proxies. Throws to stop. */
  onProgress?: (done: number) => void;
}): Promise<HeldOut> {
  const { input, folds, mixes, hidden, seed, onProgress } = given;
  const started = performance.now();
  const prompts = goldPrompts(input);
  const sums = mixes.map(() => new Float64Array(prompts.counts.length));
  let done = 0;
  const onStep = onProgress && ((): void => onProgress(done));
  const l2 = hidden > 0 ? 0 : await bestPenalty(input, folds, onStep);
  const size = Math.max(1, Math.floor(mostNumbers / input.human.length));
  for (let fold = 0; fold < foldCount; fold++) {
    for (let from = 0; from < mixes.length; from += size) {
      done = (fold + from / mixes.length) / foldCount;
      const some = mixes.slice(from, from + size);
      const { likelihoods, places } = await heldOutOf({ input, folds, fold, mixes: some, l2, hidden, seed, onStep });
      places.forEach((place, row) => {
        const prompt = prompts.of.get(input.groups[place]!)!;
        some.forEach((_, mix) => (sums[from + mix]![prompt]! += likelihoods[row * some.length + mix]!));
      });
    }
  }
  return { sums, counts: prompts.counts, seconds: (performance.now() - started) / 1000 };
}

/** The mean log-likelihood of each mix, where each prompt counts as often as `drawn` says. */
export function meansOf({ sums, counts }: HeldOut, drawn?: ArrayLike<number>): Float64Array {
  let pairs = 0;
  for (let prompt = 0; prompt < counts.length; prompt++) pairs += counts[prompt]! * (drawn ? drawn[prompt]! : 1);
  return Float64Array.from(sums, (own) => {
    let sum = 0;
    for (let prompt = 0; prompt < own.length; prompt++) sum += own[prompt]! * (drawn ? drawn[prompt]! : 1);
    return sum / pairs;
  });
}

function goldPrompts({ groups, gold }: LearnInput): { of: Map<number, number>; counts: Float64Array } {
  const of = new Map<number, number>();
  const counts: number[] = [];
  for (let i = 0; i < groups.length; i++) {
    if (gold[i] !== 1) continue;
    const prompt = of.get(groups[i]!) ?? counts.push(0) - 1;
    of.set(groups[i]!, prompt);
    counts[prompt]!++;
  }
  return { of, counts: Float64Array.from(counts) };
}

/** Log-likelihoods [held-out gold pairs, mixes] of proxies that were trained without one fold, and the places of the pairs. */
async function heldOutOf(given: {
  input: LearnInput;
  folds: Int32Array;
  fold: number;
  mixes: readonly Mix[];
  l2: number;
  hidden: number;
  seed: number;
  onStep?: (() => void) | undefined;
}): Promise<{ likelihoods: Float64Array; places: number[] }> {
  const { input, folds, fold, mixes, l2, hidden, seed, onStep } = given;
  const { human, lm, width, gold } = input;
  const all = Array.from(folds.keys());
  const trained = all.filter((i) => folds[i] !== fold);
  const places = all.filter((i) => folds[i] === fold && gold[i] === 1);
  if (places.length === 0) return { likelihoods: new Float64Array(), places };
  const labels = new Float32Array(trained.length * mixes.length);
  trained.forEach((place, row) => {
    mixes.forEach((mix, m) => (labels[row * mixes.length + m] = mix[place] === 1 ? human[place]! : lm[place]!));
  });
  const vectors = rowsOf(input, trained);
  const proxies = await fitProxies({ vectors, width, rows: trained.length, labels, l2, hidden, seed, onStep });
  const margins = await marginsOf(proxies, rowsOf(input, places));
  const likelihoods = Float64Array.from(margins, (margin, at) => {
    return human[places[Math.floor(at / mixes.length)]!]! * margin - softplus(margin);
  });
  return { likelihoods, places };
}

/** The penalty under which proxies of all people's labels and of all the judge's foresee the part with the most gold best. */
async function bestPenalty(input: LearnInput, folds: Int32Array, onStep: (() => void) | undefined): Promise<number> {
  const gold = new Float64Array(foldCount);
  folds.forEach((fold, i) => (gold[fold]! += input.gold[i]!));
  const fold = gold.indexOf(Math.max(...gold));
  const pairs = input.human.length;
  const mixes = [new Uint8Array(pairs).fill(1), new Uint8Array(pairs)];
  let best = { l2: penaltyFor(input.vectors, input.width, 1), sum: -Infinity };
  for (const spread of spreads) {
    const l2 = penaltyFor(input.vectors, input.width, spread);
    const { likelihoods } = await heldOutOf({ input, folds, fold, mixes, l2, hidden: 0, seed: 0, onStep });
    const sum = likelihoods.reduce((total, value) => total + value, 0);
    if (sum > best.sum) best = { l2, sum };
  }
  return best.l2;
}

function rowsOf({ vectors, width }: LearnInput, places: readonly number[]): Float32Array {
  const rows = new Float32Array(places.length * width);
  places.forEach((place, i) => rows.set(vectors.subarray(place * width, (place + 1) * width), i * width));
  return rows;
}
