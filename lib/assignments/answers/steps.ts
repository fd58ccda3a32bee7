import type { Fault } from "@/lib/errors";
import type { QuestionOf } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { letterOf } from "@/lib/text/letter";
import type { AnswerOf } from "../schema";
import { onlyAspect, type AnswerType } from "./answer-type";
import { checkEach } from "./check-each";

type Judged = AnswerOf<"steps">["completions"][number];

export const steps: AnswerType<"steps"> = {
  check(question, { completions }, shown) {
    return checkEach(completions, {
      ...{ shown, at: "completions", name: question.name },
      check: (judged, path, position) =>
        checkSteps(question, judged, { count: shown.completions[position]!.steps.length, path, position }),
    });
  },
  toParts(_, { completions }, order) {
    return order.map((completion, position) => {
      const { labels, flags, firstError } = completions[position]!;
      const judged = labels.map((label, index) => ({ index, label: label!, flags: flags[index]! }));
      return { aspect: onlyAspect, payload: { completion, steps: judged, firstError } };
    });
  },
  fromParts(parts, order) {
    if (!parts.some(({ payload }) => order.includes(payload.completion))) return null;
    const completions = order.map((index): Judged => {
      const payload = parts.find((part) => part.payload.completion === index)?.payload;
      const judged = [...(payload?.steps ?? [])].sort((a, b) => a.index - b.index);
      return {
        labels: judged.map(({ label }) => label),
        flags: judged.map(({ flags }) => flags),
        firstError: payload?.firstError ?? null,
      };
    });
    return { completions };
  },
};

function checkSteps(
  question: QuestionOf<"steps">,
  { labels, flags, firstError }: Judged,
  { count, path, position }: { count: number; path: string; position: number },
): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, message: string) => faults.push({ path: `${path}.${field}`, message });
  for (const [field, list] of Object.entries({ labels, flags })) {
    if (list.length > count || (field === "flags" && list.length < count))
      fault(field, say`has ${list.length} entries, but the completion has ${count} steps`);
  }
  for (let index = 0; index < count; index += 1) {
    if (labels[index] == null)
      fault(`labels.${index}`, say`step ${index + 1} of completion ${letterOf(position)} is not judged`);
  }
  for (const [index, named] of flags.entries()) {
    for (const flag of named.filter((one) => !question.flags.includes(one)))
      fault(`flags.${index}`, say`${flag} is not a flag of this project`);
    if (new Set(named).size < named.length) fault(`flags.${index}`, say`names a flag twice`);
  }
  // The first bad step need not be it: some are bad without being wrong.
  if (firstError !== null && labels[firstError] !== "bad")
    fault("firstError", say`must be a step that is judged bad; leave it null where none of them is an error`);
  return faults;
}
