import { setTimeout as sleep } from "node:timers/promises";
import { accountKey } from "@/lib/providers/account";
import { Closed, openLimiter, type Limiter } from "@/lib/providers/limiter";
import { openChatModel, type ChatRequest, type ChatResult } from "@/lib/providers/open";
import type { OpenLm } from "./asker";
import { readAnswer, type ChatAnswer } from "./chat-answer";
import { asFailure, providerAway, RequestRefused, type Failure } from "./chat-failure";
import { openRequests } from "./chat-request";
import type { ChatMessage } from "./protocols/protocol";

export { RequestRefused, type ChatAnswer };

/** Sends messages to the judge's model and returns its answer. */
export type Chat = (messages: ChatMessage[], signal: AbortSignal) => Promise<ChatAnswer>;

/**
 * How often a request is sent again after a failure that may pass, how long the first pause is, about, and how long a
 * provider that wants to be left alone is waited for.
 */
export type Patience = { maxRetries: number; pauseMs: number; maxWaitMs?: number };
const patienceOfRuns = { maxRetries: 5, pauseMs: 1_000 };
/** A provider that wants a longer pause than this is not worth waiting for in a run. */
const maxWaitOfRunsMs = 10 * 60_000;
/** While the provider is silent there is no use in waiting out the pauses of every question anew. */
const maxRetriesInSilence = 1;
const maxDelayMs = 30_000;
const maxAnswerBytes = 1_000_000;
/** With the tokens of an answer come those that might have stood in their places. */
const maxAnswerBytesWithTokens = 16_000_000;
/** Of English; nobody but the provider can tell how many it will count. */
const charactersPerToken = 4;

type Send = (request: ChatRequest) => Promise<ChatResult>;

/**
 * Opens a chat with a judge's provider. Requests keep within the limits of its account, over all workers. Failures that
 * may pass (429, 5xx, no connection, no answer in time) are tried again up to five times, as late as Retry-After says,
 * which counts for all requests of the account, else after growing pauses; then NoAnswer is thrown, and until there is an
 * answer all but 429 is tried again only once. Throws RequestRefused, or an AppError that says why the judge cannot be
 * asked. None of them has the provider's own error as its cause, which may repeat the key.
 */
export function openChat(judge: OpenLm, allowedHosts: readonly string[], patience: Patience = patienceOfRuns): Chat {
  const { config, apiKey } = judge;
  const { maxRetries, pauseMs, maxWaitMs = maxWaitOfRunsMs } = patience;
  const maxBytes = config.tokenProbabilities ? maxAnswerBytesWithTokens : maxAnswerBytes;
  const guard = { allowedHosts, timeoutMs: config.timeoutSeconds * 1000, maxBytes };
  const send = openChatModel({ ...config, apiKey, guard });
  const requestOf = openRequests(config);
  const limiter = openLimiter(accountKey(judge.projectId, config.baseUrl, apiKey), config, maxWaitMs);
  const estimate = openEstimates(config.maxOutputTokens);
  let isSilent = false;

  /** Returns when the request is to be sent again; throws where there is no use in it. */
  async function afterFailure(failure: Failure, tries: number, signal: AbortSignal): Promise<void> {
    const { retryAfterMs } = failure;
    if (retryAfterMs !== undefined) await limiter.close(retryAfterMs);
    if (retryAfterMs !== undefined && retryAfterMs > maxWaitMs) throw providerAway(judge, retryAfterMs);
    const retries = isSilent && !failure.isBusy ? Math.min(maxRetries, maxRetriesInSilence) : maxRetries;
    if (!failure.isPassing || tries > retries) {
      isSilent = failure.isPassing;
      throw failure.error;
    }
    // Where the caller gives up meanwhile, the next try says so.
    if (retryAfterMs === undefined) await sleep(pause(pauseMs, tries), undefined, { signal }).catch(() => {});
  }

  return async (messages, signal) => {
    const request = requestOf(messages);
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await sendWithin(limiter, estimate, { send, judge, request, messages, signal });
        isSilent = false;
        return answer;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (error instanceof Closed) throw providerAway(judge, error.forMs);
        await afterFailure(asFailure(error, judge), tries, signal);
      }
    }
  };
}

async function sendWithin(
  limiter: Limiter,
  estimates: Estimates,
  {
    send,
    judge,
    request,
    messages,
    signal,
  }: {
    send: Send;
    judge: OpenLm;
    request: ChatRequest;
    messages: ChatMessage[];
    signal: AbortSignal;
  },
): Promise<ChatAnswer> {
  const estimated = estimates.of(messages);
  await limiter.enter(estimated, signal);
  const started = performance.now();
  const answer = readAnswer(await send({ ...request, abortSignal: signal }), judge, started);
  limiter.settle(estimated, answer.inputTokens + answer.outputTokens);
  estimates.learn(answer);
  return answer;
}

type Estimates = { of: (messages: ChatMessage[]) => number; learn: (answer: ChatAnswer) => void };

/** What a request will take: its characters, and an answer about as long as those before. */
function openEstimates(maxOutputTokens: number): Estimates {
  let outputTokens = Math.min(maxOutputTokens, 256);
  return {
    of: (messages) =>
      Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / charactersPerToken + outputTokens),
    learn: (answer) => void (outputTokens += (answer.outputTokens - outputTokens) / 8),
  };
}

/** Between half and all of a pause that doubles with every try, so that those who failed together do not come back together. */
function pause(pauseMs: number, tries: number): number {
  return Math.min(maxDelayMs, pauseMs * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}
