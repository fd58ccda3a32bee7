import type { Fault } from "@/lib/errors";
import type { QuestionOf } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { letterOf } from "@/lib/text/letter";
import { orderQuotes } from "@/lib/text/quotes";
import type { AnswerOf } from "../schema";
import { onlyAspect, type AnswerType } from "./answer-type";
import { checkEach } from "./check-each";

type Written = AnswerOf<"critique">["completions"][number];

/** A completion about which nothing is written has no label. What may be quoted is checked with all answers (quotes.ts). */
export const critique: AnswerType<"critique"> = {
  check(question, { completions }, shown) {
    return checkEach(completions, {
      ...{ shown, at: "completions", name: question.name },
      check: (written, path, position) => checkWritten(question, written, { path, position }),
    });
  },
  toParts(_, { completions }, order) {
    return order.flatMap((completion, position) => {
      const { text, rewrite, quotes = [] } = completions[position]!;
      if (isBlank(text) && isBlank(rewrite)) return [];
      const payload = { completion, text, quotes: orderQuotes(quotes), rewrite: isBlank(rewrite) ? null : rewrite };
      return [{ aspect: onlyAspect, payload }];
    });
  },
  fromParts(parts, order) {
    if (!parts.some(({ payload }) => order.includes(payload.completion))) return null;
    const completions = order.map((index) => {
      const payload = parts.find((part) => part.payload.completion === index)?.payload;
      const { text, rewrite, quotes } = payload ?? { text: "", rewrite: null, quotes: [] };
      return { text, rewrite, ...(quotes.length > 0 && { quotes }) };
    });
    return { completions };
  },
};

function checkWritten(
  { name, isRequired, rewrite }: QuestionOf<"critique">,
  written: Written,
  { path, position }: { path: string; position: number },
): Fault[] {
  const faults: Fault[] = [];
  const letter = letterOf(position);
  if ((isRequired || written.quotes) && isBlank(written.text))
    faults.push({ path: `${path}.text`, message: say`${name} is not written for completion ${letter}` });
  if (rewrite === "off" && written.rewrite !== null)
    faults.push({ path: `${path}.rewrite`, message: say`this project does not ask for rewrites` });
  if (rewrite === "required" && isBlank(written.rewrite) && (isRequired || !isBlank(written.text)))
    faults.push({ path: `${path}.rewrite`, message: say`completion ${letter} is not rewritten` });
  return faults;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === "";
}
