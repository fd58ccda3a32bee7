import { randomBytes } from "node:crypto";
import { readAllowedHosts } from "@/lib/hosts/allowed-hosts";
import type { Asker, OpenLm, Question, Reply } from "./asker";
import { openChat, RequestRefused, type Chat, type ChatAnswer, type Patience } from "./chat";
import { comparisonVerdict } from "./protocols/comparison";
import { dataOf } from "./protocols/fence";
import type { AskedType } from "./protocols/protocol";
import { protocolOf, type Said } from "./protocols/protocols";
import { rankingVerdict } from "./protocols/ranking";
import { repairPrompt } from "./protocols/repair";
import type { LmConfig, VerdictOutcome } from "./schema";

const maxRepairs = 2;
/** Characters of raw text, and of thinking, that are kept. */
const maxRawText = 20_000;

/** Opens a judge that is an LM. */
export async function openLm(judge: OpenLm, patience?: Patience): Promise<Asker> {
  const chat = openChat(judge, await readAllowedHosts(), patience);
  return (question, signal) => ask(chat, judge.config, question, signal);
}

async function ask(chat: Chat, config: LmConfig, question: Question, signal: AbortSignal): Promise<Reply> {
  const { shown, order, demonstrations } = question;
  const protocol = protocolOf(shown.type);
  const answers: ChatAnswer[] = [];
  const problems: string[] = [];
  const key = freshKey(dataOf(shown, demonstrations));
  const asked = protocol.ask(shown, { rubric: config.rubric, demonstrations, key });
  let messages = asked;
  try {
    for (;;) {
      const answer = await chat(messages, signal);
      answers.push(answer);
      const said = protocol.parse(answer, shown);
      if (said.kind !== "invalid") return { asked, ...reply(outcomeOf(said, order), answers, problems, config) };
      problems.push(answer.isCut ? `it was cut off at ${config.maxOutputTokens} tokens` : said.problem);
      if (problems.length > maxRepairs) break;
      const unreadable = { text: answer.text, problem: problems.at(-1)! };
      messages = repairPrompt(messages, { ...unreadable, describeAnswer: protocol.describeAnswer(shown) });
    }
  } catch (error) {
    if (!(error instanceof RequestRefused)) throw error;
    const outcome = { kind: "invalid", problem: error.message } as const;
    return { asked, ...reply(outcome, answers, problems, config), isRefused: answers.length === 0 };
  }
  return { asked, ...reply({ kind: "invalid", problem: problems.at(-1)! }, answers, problems, config) };
}

/** What was said about what was shown, in terms of the instance. */
function outcomeOf(said: Said[AskedType], order: readonly number[]): VerdictOutcome {
  if (said.kind === "preferred" || said.kind === "tie") return comparisonVerdict(said, order[0]! > order[1]!);
  return said.kind === "ranking" ? rankingVerdict(said, order) : said;
}

function reply(
  outcome: VerdictOutcome,
  answers: ChatAnswer[],
  problems: string[],
  config: LmConfig,
): Omit<Reply, "asked"> {
  const sum = (part: "inputTokens" | "cachedInputTokens" | "outputTokens" | "latencyMs") =>
    answers.reduce((total, answer) => total + answer[part], 0);
  const tokens = {
    inputTokens: sum("inputTokens"),
    cachedInputTokens: sum("cachedInputTokens"),
    outputTokens: sum("outputTokens"),
  };
  const thoughts = answers.flatMap(({ reasoningText }) => reasoningText ?? []);
  return {
    ...{ outcome, ...tokens, latencyMs: sum("latencyMs"), costMicros: costOf(tokens, config) },
    rawText: answers
      .map(({ text }, i) => (i === 0 ? text : `\n\n[asked again, because ${problems[i - 1]}]\n\n${text}`))
      .join("")
      .slice(0, maxRawText),
    thinking: thoughts.length === 0 ? null : thoughts.join("\n\n").slice(0, maxRawText),
    repairs: Math.max(0, answers.length - 1),
    isRefused: false,
  };
}

/** In millionths of the project's currency, rounded once. */
function costOf(
  { inputTokens, cachedInputTokens, outputTokens }: Pick<Reply, "inputTokens" | "cachedInputTokens" | "outputTokens">,
  { inputPriceMicros, cachedInputPriceMicros, outputPriceMicros }: LmConfig,
): number {
  const cached = cachedInputTokens * (cachedInputPriceMicros ?? inputPriceMicros);
  const read = (inputTokens - cachedInputTokens) * inputPriceMicros;
  return Math.round((read + cached + outputTokens * outputPriceMicros) / 1e6);
}

function freshKey(texts: string[]): string {
  for (;;) {
    const key = randomBytes(8).toString("hex");
    if (texts.every((text) => !text.includes(key))) return key;
  }
}
