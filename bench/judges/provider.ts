import { setTimeout as sleep } from "node:timers/promises";
import { readQuestion } from "@/lib/testing/judge-server";
import { startProviderServer } from "@/lib/testing/provider-server";
import { answerTokens, micros, readPrompt, requestKey } from "./questions";

/**
 * A provider in a process of its own, started with a latency in milliseconds and a key. It says where it is, then, for
 * each message that it is sent, what it has answered so far, and ends with the process that started it.
 */
export type ProviderMessage =
  | { kind: "ready"; baseUrl: string; host: string }
  | { kind: "count"; requests: number }
  | { kind: "log"; requests: [key: string, times: number][]; costMicros: number };
export type ProviderQuery = "count" | "log";

const [latencyMs, key] = [Number(process.argv[2]), process.argv[3]];
const answered = new Map<string, number>();
let [requests, costMicros] = [0, 0];

const tell = (message: ProviderMessage) => process.send!(message);

const server = await startProviderServer({
  key,
  script: async ({ messages }) => {
    const { prompt, a, b } = readQuestion(messages);
    const isFirstBetter = a.length > b.length;
    await sleep(latencyMs);
    const { slug, n } = readPrompt(prompt);
    const isSwapped = b.startsWith("First");
    const inputTokens = Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / 4);
    const place = requestKey(slug, n, isSwapped ? "1-0" : "0-1");
    answered.set(place, (answered.get(place) ?? 0) + 1);
    requests += 1;
    costMicros += micros(inputTokens, answerTokens);
    const verdict = { reasoning: "It says more.", preferred: isFirstBetter ? "A" : "B", strength: 1 };
    return {
      text: `Let me compare them.\n\n${JSON.stringify(verdict)}`,
      usage: { prompt_tokens: inputTokens, completion_tokens: answerTokens },
    };
  },
});
process.on("message", (query: ProviderQuery) => {
  if (query === "count") tell({ kind: "count", requests });
  else tell({ kind: "log", requests: [...answered], costMicros });
});
process.on("disconnect", () => process.exit(0));
tell({ kind: "ready", baseUrl: server.baseUrl, host: server.host });
