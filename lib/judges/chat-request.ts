import { LRUCache } from "lru-cache";
import { openAiOptions, type ChatRequest } from "@/lib/providers/open";
import type { ChatMessage } from "./protocols/protocol";
import type { LmConfig } from "./schema";

/** How many tokens that might have stood in a token's place come with it: the most that providers give. */
const alternatives = 20;
/** About 1,024 tokens, below which Anthropic keeps nothing. */
const minCachedCharacters = 4_000;
/** Beginnings of requests that are remembered: one for each question of a task schema is enough. */
const maxBeginnings = 50;

type Options = NonNullable<ChatRequest["providerOptions"]>;

/** How messages are put to a judge's model. */
export function openRequests(config: LmConfig): (messages: ChatMessage[]) => ChatRequest {
  const { temperature, maxOutputTokens } = config;
  const findCached = openCache(config);
  const settings = {
    temperature: temperature ?? undefined,
    maxOutputTokens,
    providerOptions: optionsOf(config),
  };
  return (messages) => {
    const ordered = [joinSystem(messages), ...messages.filter(({ role }) => role !== "system")];
    const cached = findCached(ordered);
    return { ...settings, prompt: ordered.map((message, i) => promptPart(message, i === cached)) };
  };
}

function optionsOf({ provider, reasoningEffort, tokenProbabilities }: LmConfig): Options {
  if (provider === "anthropic") {
    if (reasoningEffort === null) return {};
    return { anthropic: { thinking: { type: "adaptive", display: "summarized" }, effort: reasoningEffort } };
  }
  return {
    [openAiOptions]: {
      ...(reasoningEffort !== null && { reasoningEffort }),
      ...(tokenProbabilities && { logprobs: true, top_logprobs: alternatives }),
    },
  };
}

/**
 * Finds the last message that begins a request as it began the one before with the same system prompt: what is before
 * the question is the same for many. Anthropic reads it from a cache when told where it ends; others find it themselves.
 */
function openCache({ provider }: LmConfig): (messages: ChatMessage[]) => number {
  if (provider !== "anthropic") return () => -1;
  const before = new LRUCache<string, ChatMessage[]>({ max: maxBeginnings });
  return (messages) => {
    const last = before.get(messages[0]!.content) ?? [];
    before.set(messages[0]!.content, messages);
    const shared = messages.findIndex(({ content }, i) => content !== last[i]?.content);
    const end = (shared === -1 ? messages.length : shared) - 1;
    const characters = messages.slice(0, end + 1).reduce((sum, { content }) => sum + content.length, 0);
    return characters >= minCachedCharacters ? end : -1;
  };
}

function joinSystem(messages: ChatMessage[]): ChatMessage {
  const parts = messages.flatMap(({ role, content }) => (role === "system" ? content : []));
  return { role: "system", content: parts.join("\n\n") };
}

function promptPart({ role, content }: ChatMessage, isCached: boolean): ChatRequest["prompt"][number] {
  const mark = isCached && { providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } } };
  if (role === "system") return { role, content, ...mark };
  return { role, content: [{ type: "text", text: content }], ...mark };
}
