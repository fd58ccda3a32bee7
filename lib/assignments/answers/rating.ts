import type { Fault } from "@/lib/errors";
import type { RatingScale } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import type { AnswerOf } from "../schema";
import type { AnswerType } from "./answer-type";
import { checkAspects, checkEach } from "./check-each";

export const rating: AnswerType<"rating"> = {
  check({ aspects, scale }, answer, shown) {
    return checkAspects(aspects, answer, (values, { id, name }) =>
      checkEach(values ?? [], { shown, at: id, name, check: (value, path) => checkValue(scale, value, path) }),
    );
  },
  toParts({ aspects }, answer, order) {
    return aspects.flatMap(({ id: aspect }) =>
      order.map((completion, position) => {
        const value = answer[aspect]![position]!;
        return { aspect, payload: { completion, aspect, value } };
      }),
    );
  },
  fromParts(parts, order) {
    const answer: AnswerOf<"rating"> = {};
    for (const { aspect, payload } of parts) {
      const position = order.indexOf(payload.completion);
      if (position === -1) continue;
      answer[aspect] ??= order.map(() => null);
      answer[aspect][position] = payload.value;
    }
    return Object.keys(answer).length === 0 ? null : answer;
  },
};

function checkValue(scale: RatingScale, value: number | string, path: string): Fault[] {
  if (isOnScale(scale, value)) return [];
  return [{ path, message: say`${JSON.stringify(value)} is not ${wordScale(scale)}` }];
}

function isOnScale(scale: RatingScale, value: number | string): boolean {
  switch (scale.kind) {
    case "points":
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= scale.points;
    case "range": {
      if (typeof value !== "number" || value < scale.min || value > scale.max) return false;
      const steps = (value - scale.min) / scale.step;
      // Steps such as 0.1 are not exact in binary.
      return value === scale.max || Math.abs(steps - Math.round(steps)) < 1e-6;
    }
    case "categories":
      return scale.categories.some((category) => category.value === value);
  }
}

function wordScale(scale: RatingScale): string {
  switch (scale.kind) {
    case "points":
      return say`a whole number from 1 to ${scale.points}`;
    case "range":
      return say`a number from ${scale.min} to ${scale.max} in steps of ${scale.step}`;
    case "categories":
      return say`one of ${scale.categories.map(({ value }) => JSON.stringify(value)).join(", ")}`;
  }
}
