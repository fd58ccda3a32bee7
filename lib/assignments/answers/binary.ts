import type { AnswerType } from "./answer-type";
import { checkEach } from "./check-each";

export const binary: AnswerType<"binary"> = {
  check({ name }, { values }, shown) {
    return checkEach(values, { shown, at: "values", name, check: () => [] });
  },
  // The kind is the aspect of imported labels, too.
  toParts({ kind }, { values }, order) {
    return order.map((completion, position) => ({
      aspect: kind,
      payload: { completion, value: values[position]!, kind },
    }));
  },
  fromParts(parts, order) {
    const values = order.map(
      (index) => parts.find(({ payload }) => payload.completion === index)?.payload.value ?? null,
    );
    return values.every((value) => value === null) ? null : { values };
  },
};
