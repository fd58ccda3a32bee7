import { randomBytes } from "node:crypto";
import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import type { Asker, OpenLm, Question, Reply } from "./asker";
import { openChat, RequestRefused, type Chat, type ChatAnswer, type Patience } from "./chat";
import { dataOf, pairwisePrompt, parsePairAnswer, repairPrompt, verdictOf } from "./pairwise";
import type { LmConfig, VerdictOutcome } from "./schema";

const maxRepairs = 2;
/** Characters of raw text that are kept. */
const maxRawText = 20_000;

/** Opens a judge that is an LM. */
export async function openLm(judge: OpenLm, patience?: Patience): Promise<Asker> {
  const chat = openChat(judge, await readAllowedHosts(), patience);
  return (question, signal) => ask(chat, judge.config, question, signal);
}

async function ask(chat: Chat, config: LmConfig, question: Question, signal: AbortSignal): Promise<Reply> {
  const { shown, isSwapped } = question;
  const answers: ChatAnswer[] = [];
  const problems: string[] = [];
  const asked = pairwisePrompt(shown, config.rubric, freshKey(dataOf(shown)));
  let messages = asked;
  try {
    for (;;) {
      const answer = await chat(messages, signal);
      answers.push(answer);
      const parsed = parsePairAnswer(answer.text, shown);
      if (parsed.kind !== "invalid")
        return { asked, ...reply(verdictOf(parsed, isSwapped), answers, problems, config) };
      problems.push(answer.isCut ? `it was cut off at ${config.maxOutputTokens} tokens` : parsed.problem);
      if (problems.length > maxRepairs) break;
      messages = repairPrompt(messages, answer.text, problems.at(-1)!, shown);
    }
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    const outcome = { kind: "invalid", problem: error.message } as const;
    return { asked, ...reply(outcome, answers, problems, config), isRefused: answers.length === 0 };
  }
  return { asked, ...reply({ kind: "invalid", problem: problems.at(-1)! }, answers, problems, config) };
}

function reply(
  outcome: VerdictOutcome,
  answers: ChatAnswer[],
  problems: string[],
  config: LmConfig,
): Omit<Reply, "asked"> {
  const sum = (part: "inputTokens" | "outputTokens" | "latencyMs") =>
    answers.reduce((total, answer) => total + answer[part], 0);
  const [inputTokens, outputTokens] = [sum("inputTokens"), sum("outputTokens")];
  return {
    outcome,
    rawText: answers
      .map(({ text }, i) => (i === 0 ? text : `\n\n[asked again, because ${problems[i - 1]}]\n\n${text}`))
      .join("")
      .slice(0, maxRawText),
    inputTokens,
    outputTokens,
    latencyMs: sum("latencyMs"),
    costMicros: Math.round((inputTokens * config.inputPriceMicros + outputTokens * config.outputPriceMicros) / 1e6),
    repairs: Math.max(0, answers.length - 1),
    isRefused: false,
  };
}

function freshKey(texts: string[]): string {
  for (;;) {
    const key = randomBytes(8).toString("hex");
    if (texts.every((text) => !text.includes(key))) return key;
  }
}
