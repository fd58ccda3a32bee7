import type { Question } from "@/lib/projects/schema";
import { seededRandom, type Random } from "@/lib/stats/random";
import type { Plan, PlannedAspect } from "./plan";

/** One request to a judge. */
export type Ask = {
  /** What the verdict is about; as the unit's, but the pair in a tournament. */
  target: string;
  /** Indices of the completions in the order shown. */
  order: readonly number[];
  sample: number;
};

/** What becomes one label: all that is asked about one target of a question in one aspect. */
export type Unit = {
  question: Question;
  aspect: PlannedAspect;
  /** As labels have it. */
  target: string;
  /** Sample by sample. */
  asks: Ask[];
};

/** What of an instance decides what there is to ask. */
export type Askable = {
  instanceId: string;
  /** How many completions it has. */
  completions: number;
  /** The two that comparisons are about, the smaller index first. */
  pair: readonly [number, number];
};

/**
 * All that a judge is asked about an instance. A pair is shown in both orders, always. A ranking is asked for in an order
 * and its reverse, the first sample's being that of the instance, or by a comparison of every pair; the other types are
 * asked completion by completion.
 */
export function unitsOf(instance: Askable, plan: Plan): Unit[] {
  return plan.questions.flatMap(({ question, aspects }) =>
    aspects.flatMap((aspect) =>
      targetsOf(question, instance, plan).map(({ target, ordersOf }) => ({
        ...{ question, aspect, target },
        asks: Array.from({ length: plan.samples }, (_, sample) =>
          ordersOf(sample).map((shown) => ({ target, ...shown, sample })),
        ).flat(),
      })),
    ),
  );
}

/**
 * How a judge's requests about an instance add up, without an instance: of comparisons, rankings and single completions.
 * `shares` are those of instances in which a question is asked; one that is not there counts whole.
 */
export function countAsks(plan: Plan, completions: number, shares: ReadonlyMap<string, number> = new Map()): number {
  const ordersOf = ({ question, aspects }: Plan["questions"][number]) => {
    if (question.type === "comparison") return 2 * aspects.length;
    if (question.type !== "ranking") return aspects.length * completions;
    return plan.rankingBy === "tournament" ? completions * (completions - 1) : 2;
  };
  const orders = plan.questions.map((one) => ordersOf(one) * (shares.get(one.question.id) ?? 1));
  return plan.samples * orders.reduce((sum, n) => sum + n, 0);
}

/** As `verdicts.shown_order` has it. */
export function writeOrder(order: readonly number[]): string {
  return order.join("-");
}

/** What is shown for one sample; its target only where that is not the unit's. */
type Target = { target: string; ordersOf: (sample: number) => { target?: string; order: readonly number[] }[] };

function targetsOf(question: Question, { instanceId, completions, pair }: Askable, { rankingBy }: Plan): Target[] {
  const indices = Array.from({ length: completions }, (_, index) => index);
  if (question.type === "comparison") return [{ target: pair.join("-"), ordersOf: () => bothOrders(pair) }];
  if (question.type !== "ranking")
    return indices.map((index) => ({ target: String(index), ordersOf: () => [{ order: [index] }] }));
  if (rankingBy === "permutations")
    return [{ target: "", ordersOf: (sample) => orderAndReverse(instanceId, indices, sample) }];
  const rounds = pairsOf(indices).flatMap((two) =>
    bothOrders(two).map(({ order }) => ({ target: two.join("-"), order })),
  );
  return [{ target: "", ordersOf: () => rounds }];
}

function bothOrders(pair: readonly [number, number]): { order: readonly number[] }[] {
  return [{ order: pair }, { order: pair.toReversed() }];
}

function pairsOf(indices: readonly number[]): (readonly [number, number])[] {
  return indices.flatMap((first, i) => indices.slice(i + 1).map((second) => [first, second] as const));
}

/** The order in which the instance has them, in later samples one that is drawn, and its reverse. */
function orderAndReverse(
  instanceId: string,
  indices: readonly number[],
  sample: number,
): { order: readonly number[] }[] {
  const order = sample === 0 ? [...indices] : shuffled(indices, seededRandom(seedOf(instanceId, sample)));
  return [{ order }, { order: order.toReversed() }];
}

function shuffled(indices: readonly number[], random: Random): number[] {
  const order = [...indices];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const drawn = Math.floor(random() * (last + 1));
    [order[last], order[drawn]] = [order[drawn]!, order[last]!];
  }
  return order;
}

/** The last 32 bits of the id, which are drawn at random in a uuid of version 7, and the sample. */
function seedOf(instanceId: string, sample: number): number {
  return (Number.parseInt(instanceId.slice(-8), 16) + sample) % 2 ** 32;
}
