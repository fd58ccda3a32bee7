import { randomBytes } from "node:crypto";
import { costOf } from "@/lib/ledger/worst-case";
import { PaidInVain, type Paid, type Reply } from "./asker";
import { RequestRefused, type Chat, type ChatAnswer } from "./chat";
import type { ChatMessage, Invalid } from "./protocols/protocol";
import { isInvalid } from "./protocols/read-answer";
import { maxRepairs, repairPrompt } from "./protocols/repair";
import type { LmConfig } from "./schema";

/** Characters of raw text, and of thinking, that are kept. */
const maxRawText = 20_000;

/** What is asked of a model, whatever it is about. */
type Asking<Said> = {
  asked: ChatMessage[];
  parse(answer: ChatAnswer): Said | Invalid;
  /** The format of the answer, which a repair repeats. */
  describeAnswer: string;
};

/** What is said, with what it took. */
export type Conversation<Said> = Omit<Reply, "outcome"> & { said: Said | Invalid };

/**
 * Asks until an answer can be read, twice more at most, each time about the last answer alone: what a question can cost
 * at most is reckoned so (worstOfQuestion). Throws as the chat does, but for what the provider refuses; where
 * an answer had come before, in a PaidInVain.
 */
export async function converse<Said extends object>(
  chat: Chat,
  config: LmConfig,
  { asked, parse, describeAnswer }: Asking<Said>,
  signal: AbortSignal,
): Promise<Conversation<Said>> {
  const answers: ChatAnswer[] = [];
  const problems: string[] = [];
  let messages = asked;
  try {
    for (;;) {
      const answer = await chat(messages, signal);
      answers.push(answer);
      const said = parse(answer);
      if (!isInvalid(said)) return { asked, said, ...factsOf(answers, problems, config) };
      problems.push(answer.isCut ? `it was cut off at ${config.maxOutputTokens} tokens` : said.problem);
      if (problems.length > maxRepairs) break;
      messages = repairPrompt(asked, { text: answer.text, problem: problems.at(-1)!, describeAnswer });
    }
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw failureAfter(error, factsOf(answers, problems, config));
    const said = { kind: "invalid", problem: error.message } as const;
    return { asked, said, ...factsOf(answers, problems, config), isRefused: answers.length === 0 };
  }
  return { asked, said: { kind: "invalid", problem: problems.at(-1)! }, ...factsOf(answers, problems, config) };
}

/** What was answered before no more came is paid for all the same. */
function failureAfter(error: unknown, paid: Paid): unknown {
  return paid.inputTokens + paid.outputTokens === 0 ? error : new PaidInVain(error, paid);
}

/** A key that is in none of the texts. */
export function freshKey(texts: string[]): string {
  for (;;) {
    const key = randomBytes(8).toString("hex");
    if (texts.every((text) => !text.includes(key))) return key;
  }
}

function factsOf(
  answers: ChatAnswer[],
  problems: string[],
  config: LmConfig,
): Omit<Conversation<never>, "asked" | "said"> {
  const sum = (part: "inputTokens" | "cachedInputTokens" | "outputTokens" | "latencyMs") =>
    answers.reduce((total, answer) => total + answer[part], 0);
  const tokens = {
    inputTokens: sum("inputTokens"),
    cachedInputTokens: sum("cachedInputTokens"),
    outputTokens: sum("outputTokens"),
  };
  const thoughts = answers.flatMap(({ reasoningText }) => reasoningText ?? []);
  return {
    ...{ ...tokens, latencyMs: sum("latencyMs"), costMicros: costOf(tokens, config) },
    rawText: answers
      .map(({ text }, i) => (i === 0 ? text : `\n\n[asked again, because ${problems[i - 1]}]\n\n${text}`))
      .join("")
      .slice(0, maxRawText),
    thinking: thoughts.length === 0 ? null : thoughts.join("\n\n").slice(0, maxRawText),
    model: answers.at(-1)?.model ?? null,
    repairs: Math.max(0, answers.length - 1),
    isRefused: false,
  };
}
