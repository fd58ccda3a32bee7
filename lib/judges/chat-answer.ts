import { z } from "zod";
import { withoutKey } from "@/lib/providers/failure";
import type { ChatResult } from "@/lib/providers/open";
import type { OpenLm } from "./asker";
import type { AnswerToken } from "./protocols/protocol";

export type ChatAnswer = {
  /** What it says, without what it thought before. */
  text: string;
  /** What it thought, as far as the provider tells; null when it did not think. */
  reasoningText: string | null;
  /** The model that the provider says answered; null when it says none. */
  model: string | null;
  /** They spell the text; present when their probabilities were asked for and given. */
  tokens?: AnswerToken[];
  /** It ended because it may not be longer. */
  isCut: boolean;
  /** All of them, the cached ones too. */
  inputTokens: number;
  cachedInputTokens: number;
  /** With those it thought. */
  outputTokens: number;
  latencyMs: number;
};

/** Characters; names of models have tens of them. */
const maxModelName = 300;
/** Of one answer; none comes near. */
const maxTokens = 100_000_000;

/** The part of an answer of chat completions that the SDK leaves out. */
const tokenPart = z.object({
  choices: z
    .array(
      z.object({
        logprobs: z.object({
          content: z.array(
            z.object({
              token: z.string(),
              top_logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })),
            }),
          ),
        }),
      }),
    )
    .min(1),
});

/** An answer as judges read it. `started` is when it was asked, by the clock of `performance`. */
export function readAnswer(result: ChatResult, { config, apiKey }: OpenLm, started: number): ChatAnswer {
  const { content, finishReason, usage, response } = result;
  const said = content.flatMap((part) => (part.type === "text" ? part.text : [])).join("");
  const thought = content.flatMap((part) => (part.type === "reasoning" && part.text !== "" ? part.text : []));
  const end = endOfThought(said);
  if (end > 0) thought.push(said.slice(0, end).replace(/^\s*<think>|<\/think>\s*$/g, ""));
  const tokens = config.tokenProbabilities ? readTokens(response?.body, end) : undefined;
  const inputTokens = countOf(usage.inputTokens.total);
  const reasoningText = withoutKey(thought.join("\n\n").trim(), apiKey);
  return {
    text: withoutKey(said.slice(end), apiKey),
    reasoningText: reasoningText === "" ? null : reasoningText,
    ...(tokens && { tokens }),
    model: withoutKey(response?.modelId ?? "", apiKey).slice(0, maxModelName) || null,
    isCut: finishReason.unified === "length",
    inputTokens,
    cachedInputTokens: Math.min(inputTokens, countOf(usage.inputTokens.cacheRead)),
    outputTokens: countOf(usage.outputTokens.total),
    latencyMs: Math.round(performance.now() - started),
  };
}

/** Some servers count wrongly, and what is no count the ledger does not take. */
function countOf(tokens: number | undefined): number {
  return Math.min(maxTokens, Math.max(0, Math.round(tokens ?? 0)));
}

/**
 * Where an answer begins whose model thinks aloud in <think>...</think>, which servers without a reader of it leave in
 * the text. Some models' templates open it themselves; then it ends at a </think> on a line of its own, as no text
 * that an answer quotes can have one inside its JSON. What is cut while it thinks has said nothing yet.
 */
function endOfThought(text: string): number {
  if (/^\s*<think>/.test(text)) {
    const end = /<\/think>\s*/.exec(text);
    return end ? end.index + end[0].length : text.length;
  }
  const end = /^<\/think>[ \t]*(\n\s*|$)/m.exec(text);
  return end ? end.index + end[0].length : 0;
}

/** The tokens after what was thought; undefined when the provider gave none. */
function readTokens(body: unknown, from: number): AnswerToken[] | undefined {
  const parsed = tokenPart.safeParse(body);
  if (!parsed.success) return undefined;
  let place = 0;
  return parsed.data.choices[0]!.logprobs.content.flatMap(({ token, top_logprobs: alternatives }) => {
    place += token.length;
    if (place <= from) return [];
    return { text: token, alternatives: alternatives.map(({ token: text, logprob }) => ({ text, logprob })) };
  });
}
