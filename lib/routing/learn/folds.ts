import { randomOrder } from "@/lib/reward/training/sampling";
import type { Random } from "@/lib/stats/random";

/** Parts in which prompts are held out one after the other. */
export const foldCount = 5;

/**
 * What is averaged over the parts varies more than its held-out pairs alone tell: what was fitted comes of one set of
 * prompts, three quarters of which any two parts share. Nadeau and Bengio ("Inference for the generalization error",
 * 2003) widen the standard error for it by sqrt(1 + k / (k - 1)) of k parts.
 */
export const overlapWidening = Math.sqrt(1 + foldCount / (foldCount - 1));

/** The fold of each pair: prompts in random order, each to the fold that has the fewest pairs yet. */
export function promptFolds(groups: ArrayLike<number>, random: Random): Int32Array {
  const sizes = new Map<number, number>();
  for (let i = 0; i < groups.length; i++) sizes.set(groups[i]!, (sizes.get(groups[i]!) ?? 0) + 1);
  const prompts = [...sizes.keys()];
  const filled = new Array<number>(foldCount).fill(0);
  const foldOf = new Map<number, number>();
  for (const i of randomOrder(prompts.length, random)) {
    const fold = filled.indexOf(Math.min(...filled));
    foldOf.set(prompts[i]!, fold);
    filled[fold]! += sizes.get(prompts[i]!)!;
  }
  return Int32Array.from(groups, (group) => foldOf.get(group)!);
}
