import { gainAt } from "./gain";
import { placesByColumn } from "./mixes";
import { slopesAt } from "./predict";
import type { GainModel } from "./schema";

/** Gains are read anew after each of so many parts of the instances; between, shares hardly move. */
const readings = 200;

/**
 * The places of the instances for people under a budget, best first: always the one whose human label gains most, read at
 * the shares of the instances taken so far, so that a characteristic of which people label enough gains less. `costs` is
 * what a person's label costs beyond a judge's: then gain per cost decides and `budget` is money, and what no longer fits
 * is passed over; without, `budget` counts instances. All of the budget is used, gain or not: how much people label is
 * decided elsewhere.
 *
 * Every reading orders all that is left: gains may rise too, where a product of two shares pays, so an old gain bounds
 * nothing as it does in Minoux's lazy greedy.
 */
export function chooseByGain(given: {
  model: GainModel;
  has: readonly ArrayLike<number>[];
  costs?: ArrayLike<number>;
  budget: number;
}): number[] {
  const { model, has, costs, budget } = given;
  const byColumn = placesByColumn(has, model.columns.length);
  const shares = new Float64Array(1 + byColumn.length);
  const isConstant = model.predictor.kind === "share" || model.predictor.kind === "linear";
  const every = isConstant ? has.length : Math.max(1, Math.floor(has.length / readings));
  const worths = new Float64Array(has.length);
  const chosen: number[] = [];
  let left = budget;
  let queue = Array.from(has.keys());
  while (queue.length > 0) {
    const slopes = slopesAt(model.predictor, shares);
    for (const place of queue) {
      worths[place] = gainAt(model, slopes, has[place]!) / (costs ? Math.max(costs[place]!, Number.MIN_VALUE) : 1);
    }
    queue = heapOf(queue, worths);
    for (let taken = 0; taken < every && queue.length > 0;) {
      const place = takeTop(queue, worths);
      const cost = costs ? costs[place]! : 1;
      if (cost > left) continue;
      left -= cost;
      taken++;
      chosen.push(place);
      shares[0]! += 1 / has.length;
      for (let i = 0; i < has[place]!.length; i++) {
        const column = has[place]![i]!;
        shares[1 + column]! += 1 / byColumn[column]!.length;
      }
    }
  }
  return chosen;
}

/** A binary heap of places, the largest worth on top; of equal ones the first place. */
function heapOf(places: readonly number[], worths: Float64Array): number[] {
  const heap = [...places];
  for (let i = Math.floor(heap.length / 2); i >= 0; i--) sink(heap, worths, i);
  return heap;
}

function takeTop(heap: number[], worths: Float64Array): number {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length > 0) {
    heap[0] = last;
    sink(heap, worths, 0);
  }
  return top;
}

function sink(heap: number[], worths: Float64Array, from: number): void {
  const isBefore = (a: number, b: number): boolean => worths[a]! > worths[b]! || (worths[a] === worths[b] && a < b);
  for (let i = from; ;) {
    let best = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      if (child < heap.length && isBefore(heap[child]!, heap[best]!)) best = child;
    }
    if (best === i) return;
    [heap[i], heap[best]] = [heap[best]!, heap[i]!];
    i = best;
  }
}
