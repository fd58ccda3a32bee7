import type { AnswerType } from "./answer-type";
import { onlyAspect } from "./answer-type";
import { checkEach } from "./check-each";

export const ranking: AnswerType<"ranking"> = {
  check({ name }, { ranks }, shown) {
    const count = shown.order.length;
    if (count < 2)
      return [{ path: "ranks", message: `${name} orders at least two completions, but ${count} is shown` }];
    const check = (rank: number, path: string) =>
      rank <= count ? [] : [{ path, message: `${rank} is no rank among ${count} completions` }];
    return checkEach(ranks, { shown, at: "ranks", name, check });
  },
  toParts(_, { ranks }, order) {
    const used = [...new Set(ranks as number[])].sort((a, b) => a - b);
    const payload = { ranks: order.map((_, index) => used.indexOf(ranks[order.indexOf(index)]!) + 1) };
    return [{ aspect: onlyAspect, payload }];
  },
  fromParts([part], order) {
    return part ? { ranks: order.map((index) => part.payload.ranks[index] ?? null) } : null;
  },
};
