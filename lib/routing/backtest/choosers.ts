import { randomOrder } from "@/lib/reward/training/sampling";
import { seededRandom, type Random } from "@/lib/stats/random";
import type { BacktestCurve } from "../fits/schema";
import { chooseByGain } from "../learn/choose-by-gain";
import type { GainModel } from "../learn/schema";
import type { BacktestInput } from "./input";

export type PolicyName = BacktestCurve["policy"];

/** What a policy makes of the units it labels, by their place among these. */
export type Choice = {
  /** 1 where people label. */
  byPeople: Uint8Array;
  /** AI's label where they do not. */
  ai: Float64Array;
  /** What AI costs, which some policies ask first wherever people label too. */
  aiMicros: Float64Array;
};

/** Labels the same units with any share of them by people. */
export type Chooser = (share: number) => Choice;

export type Chosen = {
  units: Int32Array;
  /** Made of other units than these; null where nothing could be learned. */
  gain: GainModel | null;
  /** Of reward models made the same way, by place among `units`; null where there are none. */
  disagreement: Float64Array | null;
  seed: number;
};

/** A chooser for each policy that the data let one judge. None looks at what people say of the units, but the oracle. */
export function choosersOf(input: BacktestInput, given: Chosen): Map<PolicyName, Chooser> {
  const { units, gain, disagreement, seed } = given;
  const random = seededRandom(seed);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(units, (unit) => values[unit]!);
  const labels = { ai: pick(input.lm.label), aiMicros: pick(input.lm.costMicros ?? input.lm.label.map(() => 0)) };
  const byScore = (scores: Float64Array, isAskedFirst = false): Chooser => {
    const order = descending(scores, random);
    return (share) => firstOf(order, share, { ...labels, isAskedFirst });
  };
  const choosers = new Map<PolicyName, Chooser>([["random", byScore(new Float64Array(units.length))]]);
  if (disagreement) choosers.set("uncertainty", byScore(disagreement));
  if (input.lm.confidence.some((confidence) => !Number.isNaN(confidence)))
    choosers.set("confidence", byScore(doubtOf(pick(input.lm.confidence)), true));
  if (input.learning && gain) addLearned(choosers, { ...given, input, gain, labels });
  if (input.cascade)
    choosers.set(
      "cascade",
      cascadeOf(
        input.cascade.map((judge) => pickJudge(judge, pick)),
        random,
      ),
    );
  choosers.set(
    "oracle",
    byScore(Float64Array.from(units, (unit) => Number(isWrong(input.lm.label[unit]!, input.human[unit]!)))),
  );
  return choosers;
}

type Labels = Pick<Choice, "ai" | "aiMicros">;

function addLearned(
  choosers: Map<PolicyName, Chooser>,
  given: { input: BacktestInput; units: Int32Array; gain: GainModel; labels: Labels },
): void {
  const { input, units, gain: model, labels } = given;
  const has = Array.from(units, (unit) => input.learning!.has[unit]!);
  choosers.set("learned", (share) => {
    const budget = Math.round(share * units.length);
    return choiceOf(chooseByGain({ model, has, budget }), { ...labels, isAskedFirst: false });
  });
  if (!input.humanMicros) return;
  const costs = Float64Array.from(units, (unit, place) => input.humanMicros![unit]! - labels.aiMicros[place]!);
  const total = costs.reduce((sum, cost) => sum + Math.max(0, cost), 0);
  choosers.set("learned-per-cost", (share) =>
    choiceOf(chooseByGain({ model, has, costs, budget: share * total }), { ...labels, isAskedFirst: false }),
  );
}

/** Each judge passes on the same share of what it sees, that of which it is least sure. */
function cascadeOf(judges: readonly JudgeOfUnits[], random: Random): Chooser {
  const [first, second] = judges.map((judge) => ({ ...judge, order: descending(doubtOf(judge.confidence), random) }));
  return (share) => {
    const count = first!.order.length;
    const passed = first!.order.subarray(0, Math.round(Math.sqrt(share) * count));
    const isPassed = new Uint8Array(count);
    for (const place of passed) isPassed[place] = 1;
    const people = second!.order.filter((place) => isPassed[place] === 1).subarray(0, Math.round(share * count));
    const ai = first!.label.map((label, place) => (isPassed[place] === 1 ? second!.label[place]! : label));
    const aiMicros = first!.costMicros.map((cost, place) => cost + isPassed[place]! * second!.costMicros[place]!);
    return choiceOf(people, { ai, aiMicros, isAskedFirst: true });
  };
}

type JudgeOfUnits = { label: Float64Array; confidence: Float64Array; costMicros: Float64Array };

function pickJudge(
  { label, confidence, costMicros }: BacktestInput["lm"],
  pick: (values: Float64Array) => Float64Array,
): JudgeOfUnits {
  return { label: pick(label), confidence: pick(confidence), costMicros: pick(costMicros ?? label.map(() => 0)) };
}

/** How unsure a judge is: most where it does not say. */
function doubtOf(confidence: Float64Array): Float64Array {
  return confidence.map((value) => (Number.isNaN(value) ? 1 : 1 - value));
}

/** Where people are undecided no label is wrong. */
function isWrong(label: number, human: number): boolean {
  return !Number.isNaN(human) && label !== human;
}

/** Places by their scores, the highest first; equal ones in random order. */
function descending(scores: Float64Array, random: Random): Uint32Array {
  // The sort is stable.
  return randomOrder(scores.length, random).sort((a, b) => scores[b]! - scores[a]!);
}

function firstOf(order: Uint32Array, share: number, labels: Labels & { isAskedFirst: boolean }): Choice {
  return choiceOf(order.subarray(0, Math.round(share * order.length)), labels);
}

/** `isAskedFirst`: AI labels, and is paid for, where people label too. */
function choiceOf(
  people: ArrayLike<number>,
  { ai, aiMicros, isAskedFirst }: Labels & { isAskedFirst: boolean },
): Choice {
  const byPeople = new Uint8Array(ai.length);
  for (let i = 0; i < people.length; i++) byPeople[people[i]!] = 1;
  return {
    byPeople,
    ai,
    aiMicros: isAskedFirst ? aiMicros : aiMicros.map((cost, place) => cost * (1 - byPeople[place]!)),
  };
}
