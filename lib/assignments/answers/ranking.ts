import { say } from "@/lib/say";
import type { AnswerType } from "./answer-type";
import { onlyAspect } from "./answer-type";
import { checkEach } from "./check-each";

export const ranking: AnswerType<"ranking"> = {
  check({ name }, { ranks }, shown) {
    const count = shown.order.length;
    if (count < 2)
      return [{ path: "ranks", message: say`${name} orders at least two completions, but ${count} is shown` }];
    const check = (rank: number, path: string) =>
      rank <= count ? [] : [{ path, message: say`${rank} is no rank among ${count} completions` }];
    return checkEach(ranks, { shown, at: "ranks", name, check });
  },
  toParts(_, { ranks }, order) {
    const byCompletion = order.map((_, index) => ranks[order.indexOf(index)]!);
    return [{ aspect: onlyAspect, payload: { ranks: withoutGaps(byCompletion) } }];
  },
  fromParts([part], order) {
    return part ? { ranks: order.map((index) => part.payload.ranks[index] ?? null) } : null;
  },
};

/** The same order with ranks 1, 2, 3 and so on: after two firsts comes a second. */
export function withoutGaps(ranks: readonly number[]): number[] {
  const used = [...new Set(ranks)].sort((a, b) => a - b);
  return ranks.map((rank) => used.indexOf(rank) + 1);
}
