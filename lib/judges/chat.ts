import { setTimeout as sleep } from "node:timers/promises";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, generateText, JSONParseError, type LanguageModel } from "ai";
import { AppError } from "@/lib/errors";
import { guardedFetch } from "@/lib/http";
import { NoAnswer, type OpenLm } from "./asker";
import type { AnswerToken, ChatMessage } from "./protocols/protocol";

export type ChatAnswer = {
  text: string;
  /** What the model thought, where the provider keeps that apart. */
  reasoningText: string | null;
  /** With the probabilities of others in their place, where they were asked for. */
  tokens?: readonly AnswerToken[];
  /** It ended because it may not be longer. */
  isCut: boolean;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  latencyMs: number;
};

/** Thrown when the provider will not answer this request, while it may well answer others. */
export class RequestRefused extends Error {}

/** Sends messages to the judge's model and returns its answer. */
export type Chat = (messages: ChatMessage[], signal: AbortSignal) => Promise<ChatAnswer>;

/** How often a request is sent again after a failure that may pass, and how long the first pause is, about. */
export type Patience = { maxRetries: number; pauseMs: number };
const patienceOfRuns: Patience = { maxRetries: 5, pauseMs: 1_000 };
/** While the provider is silent there is no use in waiting out the pauses of every question anew. */
const maxRetriesInSilence = 1;
const maxDelayMs = 30_000;
/** A provider that wants a longer pause than this is not worth waiting for in a run. */
const maxRetryAfterMs = 10 * 60_000;
const maxAnswerBytes = 1_000_000;

type Failure = { error: Error; isPassing: boolean; isBusy?: boolean; retryAfterMs?: number };

/**
 * Opens a chat with an OpenAI-compatible provider. Failures that may pass (429, 5xx, no connection, no answer in time)
 * are tried again up to five times, as late as Retry-After says, else after growing pauses; then NoAnswer is thrown, and
 * until there is an answer all but 429 is tried again only once. Throws RequestRefused, or an AppError that says why the
 * judge cannot be asked. None of them has the provider's own error as its cause, which may repeat the key.
 */
export function openChat(judge: OpenLm, allowedHosts: readonly string[], patience: Patience = patienceOfRuns): Chat {
  const { config, apiKey } = judge;
  const guard = { allowedHosts, timeoutMs: config.timeoutSeconds * 1000, maxBytes: maxAnswerBytes };
  const provider = createOpenAICompatible({
    name: "judge",
    baseURL: config.baseUrl,
    apiKey: apiKey ?? undefined,
    fetch: (input, init) => {
      const { method, headers, body, signal } = init ?? {};
      const url = input instanceof Request ? input.url : input;
      return guardedFetch(url, { method, headers, body: body as string, signal: signal ?? undefined }, guard);
    },
  });
  const model = provider.chatModel(config.model);
  let isSilent = false;
  return async (messages, signal) => {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await send(model, messages, judge, signal);
        isSilent = false;
        return answer;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const failure = readFailure(error, judge);
        const { maxRetries } = patience;
        const retries = isSilent && !failure.isBusy ? Math.min(maxRetries, maxRetriesInSilence) : maxRetries;
        if (!failure.isPassing || tries > retries) {
          isSilent = failure.isPassing;
          throw failure.error;
        }
        await sleep(failure.retryAfterMs ?? pause(patience.pauseMs, tries), undefined, { signal });
      }
    }
  };
}

async function send(
  model: LanguageModel,
  messages: ChatMessage[],
  judge: OpenLm,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const { temperature, maxOutputTokens } = judge.config;
  const started = performance.now();
  const { text, reasoningText, finishReason, usage } = await generateText({
    model,
    system: messages.flatMap(({ role, content }) => (role === "system" ? content : [])).join("\n\n"),
    messages: messages.flatMap(({ role, content }) => (role === "system" ? [] : { role, content })),
    temperature: temperature ?? undefined,
    maxOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
  });
  return {
    text: withoutKey(text, judge),
    reasoningText: reasoningText === undefined ? null : withoutKey(reasoningText, judge),
    isCut: finishReason === "length",
    inputTokens: usage.inputTokens ?? 0,
    cachedInputTokens: usage.cachedInputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    latencyMs: Math.round(performance.now() - started),
  };
}

/** Between half and all of a pause that doubles with every try, so that those who failed together do not come back together. */
function pause(pauseMs: number, tries: number): number {
  return Math.min(maxDelayMs, pauseMs * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}

function readFailure(error: unknown, judge: OpenLm): Failure {
  if (error instanceof AppError) return readGuardFailure(error, judge);
  const { name } = judge;
  if (!APICallError.isInstance(error)) return refusal("its answer is not one of the chat completions protocol");
  const { statusCode: status } = error;
  const said = `${status ?? "no status"}: ${withoutKey(error.message, judge).slice(0, 500)}`;
  const advice = adviceOn(error, judge, said);
  if (advice !== undefined) return { error: new AppError("invalid", advice), isPassing: false };
  if (status === undefined || status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
    const failed = new NoAnswer(
      `Judge ${name} got no answer (${said}). What it has judged is kept; run it again later.`,
    );
    return asLateAsAsked({ error: failed, isPassing: true, isBusy: status === 429 }, error, name);
  }
  return refusal(status < 300 ? "its answer is not JSON of the chat completions protocol" : said);
}

/** What to do about a failure that every question would meet; undefined for others. */
function adviceOn({ statusCode, cause }: APICallError, { name, config }: OpenLm, said: string): string | undefined {
  if (statusCode === 401 || statusCode === 403)
    return `The provider refuses the key of judge ${name} (${said}). Enter a valid key and run it again.`;
  if (statusCode === 402)
    return `The provider of judge ${name} wants payment (${said}). Top up the account there and run it again.`;
  if (statusCode === 404)
    return `Judge ${name} finds no model ${config.model} at ${config.baseUrl} (${said}). Correct the address or the model.`;
  if (statusCode === 405)
    return `Judge ${name} finds no chat completions at ${config.baseUrl} (${said}). Correct the address.`;
  if (statusCode !== undefined && statusCode < 300 && JSONParseError.isInstance(cause))
    return `Judge ${name} got an answer from ${config.baseUrl} that is no JSON, as from a web page. Correct the address; most end in /v1.`;
  return undefined;
}

function readGuardFailure({ code, message }: AppError, judge: OpenLm): Failure {
  const said = withoutKey(message, judge);
  if (code === "too_large") return refusal(said);
  const failed = `Judge ${judge.name} cannot be asked: ${said}`;
  if (code === "unavailable") return { error: new NoAnswer(failed), isPassing: true };
  return { error: new AppError(code, failed), isPassing: false };
}

function refusal(reason: string): Failure {
  return { error: new RequestRefused(reason), isPassing: false };
}

function asLateAsAsked(failure: Failure, { responseHeaders }: APICallError, name: string): Failure {
  const retryAfterMs = readRetryAfter(responseHeaders?.["retry-after"]);
  if (retryAfterMs === undefined) return failure;
  if (retryAfterMs <= maxRetryAfterMs) return { ...failure, retryAfterMs };
  const minutes = Math.ceil(retryAfterMs / 60_000);
  const message = `The provider of judge ${name} takes no more requests for ${minutes} minutes. What it has judged is kept; run it again then.`;
  return { error: new AppError("unavailable", message, { retryAfterSeconds: retryAfterMs / 1000 }), isPassing: false };
}

/** Milliseconds of a Retry-After header: whole seconds or a date. */
function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** Some servers repeat the key they were sent. */
function withoutKey(text: string, { apiKey }: OpenLm): string {
  return apiKey === null ? text : text.replaceAll(apiKey, "[key]");
}
