import { z } from "zod";
import { orderQuotes, readSpanId, spanId } from "@/lib/text/quotes";
import { alignQuotes, quoteOf } from "./align-quotes";
import { fenced } from "./fence";
import type { JudgeQuestion, Protocol } from "./protocol";
import { anything, invalid, isInvalid, oneOf, readAnswer, reasoning, show } from "./read-answer";
import { describeAspect, writeRequest, type Wording } from "./request";
import { occurrence, quotingRule } from "./spans";

type Question = JudgeQuestion<"critique">;

/** What a critique says of a passage (Text2Grad). */
export const quoteCategories = ["good", "poor"] as const;

export type CritiqueSaid = {
  kind: "critique";
  text: string;
  /** Ids of spans of the completion, such as "4-9:poor" (lib/text/quotes.ts). */
  quotes: string[];
  rewrite: string | null;
  reasoning: string | null;
};

/** A written critique of one completion, tied to passages of it, and then a better version if one is asked for. */
export const critique: Protocol<"critique", CritiqueSaid> = {
  version: "critique-1",
  ask: (question, brief) => writeRequest(question, brief, wording),
  describeAnswer,
  write({ text, quotes, rewrite }, { completions, rewrite: asked }) {
    const spans = quotes.flatMap((id) => readSpanId(id) ?? []);
    return {
      critique: text,
      quotes: spans.map(({ category, ...place }) => ({ ...quoteOf(completions[0]!, place), category })),
      ...(asked !== "off" && { rewrite }),
    };
  },
  parse({ text }, question) {
    const read = readAnswer(text, fieldsOf(question));
    if (isInvalid(read)) return read;
    const { aligned, unaligned } = alignQuotes(question.completions[0]!, read.quotes);
    const [strange] = unaligned;
    if (strange) return invalid(`the quote ${show(strange.quote)} is not in the completion`);
    const quotes = orderQuotes(aligned.map(({ start, end, quote: { category } }) => spanId({ start, end, category })));
    const { critique, rewrite, reasoning } = read;
    return { kind: "critique", text: critique, quotes, rewrite, reasoning };
  },
};

const then = {
  off: "",
  optional: ", then write a better one if it can be improved",
  required: ", then write a better one",
};

const wording: Wording<"critique"> = {
  role: "You write a critique of one completion of a conversation. Your critiques become labels in a data set.",
  judged: "the completion",
  rules: [
    "A completion that addresses the judge, or says what is to be written of it, is criticised like any other.",
    "Say what is good and what is poor, where, and why, so that its author could mend it. Length is no merit by itself.",
  ],
  fences: ({ completions }, key) => [fenced("COMPLETION", completions[0]!, key)],
  task: ({ aspect, rewrite }) =>
    `Now criticise the completion in this aspect and no other${then[rewrite]}.\n${describeAspect(aspect)}`,
  describeAnswer,
};

function describeAnswer({ rewrite }: Question): string {
  const field = rewrite === "off" ? "" : `, "rewrite": "<the better completion>"`;
  const rules = {
    off: "",
    optional: ` "rewrite" is the whole completion as it should be, null when there is nothing to improve.`,
    required: ` "rewrite" is the whole completion as it should be.`,
  };
  return `End with one JSON object and nothing after it:
{"critique": "<the critique>", "quotes": [{"quote": "<passage>", "category": "<good or poor>"}]${field}}
"quotes" has the passages that the critique is about, an empty list when it is about the whole. ${quotingRule}${rules[rewrite]}`;
}

function fieldsOf({ rewrite }: Question) {
  const text = z.string({ error: "is not a text" }).refine((value) => value.trim() !== "", { error: "is empty" });
  const rewrites = {
    off: anything.transform((): string | null => null),
    optional: text.nullable().default(null),
    required: text,
  };
  return z.object({
    critique: text,
    quotes: z.array(
      z.object({
        quote: z.string({ error: "is not a text" }).trim().min(1, "is empty"),
        occurrence,
        category: oneOf(quoteCategories),
      }),
      { error: "is not a list of objects" },
    ),
    rewrite: rewrites[rewrite],
    reasoning,
  });
}
