import { normal, randomOrder } from "@/lib/reward/training/sampling";
import { chooseByGain } from "@/lib/routing/learn/choose-by-gain";
import { chooseSimulated } from "@/lib/routing/learn/choose-simulated";
import type { LearnInput } from "@/lib/routing/learn/input";
import { fitProxies, marginsOf, penaltyFor } from "@/lib/routing/learn/proxies";
import type { Column, GainModel } from "@/lib/routing/learn/schema";
import { softplus } from "@/lib/stats/logistic";
import { seededRandom, type Random } from "@/lib/stats/random";

const width = 32;

const subjects = ["law", "medicine", "chemistry", "cooking", "travel", "history", "sports", "music"] as const;
const [low, high] = [8, 9];

/** Chances that one person's label is not what people prefer, and the judge's where it errs at random. */
const humanNoise = 0.12;
const plainErrors = 0.08;

/** Where the judge follows a taste of its own, and how often: law and medicine, most of all law. */
const misled: Readonly<Record<number, number>> = { 0: 0.8, 1: 0.55 };

export type SimulatedRouting = {
  input: LearnInput;
  /** The true P(the judge is wrong | columns) of each pair. */
  wrongChance: Float64Array;
  /** What people prefer, without their noise. */
  truth: Float64Array;
};

/**
 * Pairs whose truth is known. People prefer by one taste, with noise; two of three pairs are gold, labelled by three of whom
 * most count. The judge errs "on subjects", where it follows another taste; or "at random", as often and everywhere
 * alike; prompts have one to three pairs of one subject. The taste is the same for all seeds.
 */
export function simulatedRouting(given: {
  pairs: number;
  seed: number;
  errors: "on subjects" | "at random";
}): SimulatedRouting {
  const { pairs, seed, errors } = given;
  const random = seededRandom(seed);
  const [taste, other] = tastes();
  const vectors = new Float32Array(pairs * width);
  const [human, lm, truth, wrongChance] = Array.from({ length: 4 }, () => new Float64Array(pairs)) as Numbers;
  const groups = new Int32Array(pairs);
  const gold = new Uint8Array(pairs);
  const has: Int32Array[] = [];
  for (let i = 0, prompt = -1, subject = 0, left = 0; i < pairs; i++) {
    if (left === 0) {
      prompt++;
      left = 1 + Math.floor(3 * random());
      subject = Math.floor(subjects.length * random());
    }
    left--;
    groups[i] = prompt;
    const x = vectors.subarray(i * width, (i + 1) * width).map(() => normal(random));
    vectors.set(x, i * width);
    has.push(Int32Array.of(subject, random() < 0.5 ? low : high));
    truth[i] = Number(dot(x, taste) > 0);
    gold[i] = Number(random() < 2 / 3);
    human[i] = flipped(truth[i]!, majorityNoise(gold[i] === 1, random));
    const isMisled = errors === "on subjects" && random() < (misled[subject] ?? 0);
    wrongChance[i] = errors === "at random" ? meanErrors : chanceOf(misled[subject] ?? 0);
    lm[i] = isMisled
      ? Number(dot(x, other) > 0)
      : flipped(truth[i]!, random() < (errors === "at random" ? meanErrors : plainErrors));
  }
  const columns: Column[] = [...subjects.map((subject) => tag(`subject: ${subject}`)), tag("short"), tag("long")];
  const words = columns.map((column) => (column.kind === "tag" ? column.tag : column.kind));
  return { input: { vectors, width, human, lm, groups, gold, columns, words, has }, wrongChance, truth };
}

export type AgainstOracle = {
  /** What human labels of a share of new pairs add to the held-out log-likelihood of a reward model over the judge's alone. */
  learned: number;
  simulated: number;
  /** Where people label those pairs on which the judge is truly likeliest to be wrong. */
  oracle: number;
  /** Of random choices of the same size. */
  random: Float64Array;
};

/** Routes new pairs of the same kind by a model that was learned on others, and measures reward models on what people prefer. */
export async function routeAgainstOracle(given: {
  gain: GainModel;
  errors: "on subjects" | "at random";
  pairs: number;
  share: number;
  randoms: number;
  seed: number;
}): Promise<AgainstOracle> {
  const { gain, errors, pairs, share, randoms, seed } = given;
  const { input, wrongChance } = simulatedRouting({ pairs, seed, errors });
  const test = simulatedRouting({ pairs: 4000, seed: seed + 1_000_000, errors });
  const random = seededRandom(seed);
  const size = Math.round(share * pairs);
  const inRandomOrder = (): number[] => Array.from(randomOrder(pairs, random));
  const choices = [
    [],
    chooseByGain({ model: gain, has: input.has, budget: size }),
    chooseSimulated({ model: gain, has: input.has, size, seed }),
    inRandomOrder()
      .sort((a, b) => wrongChance[b]! - wrongChance[a]!)
      .slice(0, size),
    ...Array.from({ length: randoms }, () => inRandomOrder().slice(0, size)),
  ];
  const labels = new Float32Array(pairs * choices.length);
  choices.forEach((places, choice) => {
    input.lm.forEach((label, i) => (labels[i * choices.length + choice] = label));
    for (const i of places) labels[i * choices.length + choice] = input.human[i]!;
  });
  const { vectors } = input;
  const l2 = penaltyFor(vectors, width, 2);
  const proxies = await fitProxies({ vectors, width, rows: pairs, labels, l2, hidden: 0, seed });
  const margins = await marginsOf(proxies, test.input.vectors);
  const likelihoods = choices.map((_, choice) => {
    const own = Array.from(test.truth, (truth, i) => {
      const margin = margins[i * choices.length + choice]!;
      return truth * margin - softplus(margin);
    });
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  const [learned, simulated, oracle, ...others] = likelihoods.slice(1).map((value) => value - likelihoods[0]!);
  return { learned: learned!, simulated: simulated!, oracle: oracle!, random: Float64Array.from(others) };
}

type Numbers = [human: Float64Array, lm: Float64Array, truth: Float64Array, wrongChance: Float64Array];

const tag = (name: string): Column => ({ kind: "tag", tag: name });

/** Two tastes at 120 degrees prefer differently in so many of cases. */
const tasteDisagreement = 2 / 3;

const chanceOf = (misled: number): number => misled * tasteDisagreement + (1 - misled) * plainErrors;

const meanErrors = subjects.reduce((sum, _, subject) => sum + chanceOf(misled[subject] ?? 0), 0) / subjects.length;

/** People's taste, and one at 120 degrees to it. */
function tastes(): [Float64Array, Float64Array] {
  const random = seededRandom(20_261_126);
  const [a, b] = [unit(random), unit(random)];
  const rest = b.map((value, j) => value - dot(a, b) * a[j]!);
  const length = Math.sqrt(dot(rest, rest));
  return [a, a.map((value, j) => -value / 2 + (Math.sqrt(3) / 2) * (rest[j]! / length))];
}

function unit(random: Random): Float64Array {
  const values = Float64Array.from({ length: width }, () => normal(random));
  const length = Math.sqrt(dot(values, values));
  return values.map((value) => value / length);
}

/** Whether the label is wrong: of one person, or of most of three. */
function majorityNoise(isGold: boolean, random: Random): boolean {
  if (!isGold) return random() < humanNoise;
  const wrong = [0, 1, 2].filter(() => random() < humanNoise).length;
  return wrong > 1;
}

const flipped = (label: number, isWrong: boolean): number => (isWrong ? 1 - label : label);

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let j = 0; j < a.length; j++) total += a[j]! * b[j]!;
  return total;
}
