import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError } from "ai";
import { guardedFetch, type Guard } from "@/lib/http";
import type { ProviderKind } from "./schema";

/** Where a provider answers, with what it takes to ask it. */
export type ProviderAddress = {
  baseUrl: string;
  /** Null when it wants none. */
  apiKey: string | null;
  guard: Guard;
};

type OpenAi = ReturnType<typeof createOpenAICompatible>;
/** A chat model as the SDK speaks to it, whatever its provider. */
type ChatModel = ReturnType<OpenAi["chatModel"]>;
export type ChatRequest = Parameters<ChatModel["doGenerate"]>[0];
export type ChatResult = Awaited<ReturnType<ChatModel["doGenerate"]>>;

/** The name under which options go to an OpenAI-compatible provider as fields of the request's body. */
export const openAiOptions = "provider";

/** The version of Azure's older addresses, which name a deployment; its v1 API wants none. */
const azureApiVersion = "2024-10-21";

/**
 * Opens a chat model: one request for one answer, without retries. Asks the SDK's model itself, as `generateText` around
 * it took from half as much to twice as much CPU again (0.4 ms a call, of which 0.27 the guarded fetch).
 */
export function openChatModel(
  address: ProviderAddress & { provider: ProviderKind; model: string },
): (request: ChatRequest) => Promise<ChatResult> {
  if (address.provider === "anthropic") {
    const model = openAnthropic(address).messages(address.model);
    return async (request) => await model.doGenerate(request);
  }
  let limitName = "max_tokens";
  const rename = ({ max_tokens, ...body }: Record<string, unknown>) => ({ ...body, [limitName]: max_tokens });
  const model = openOpenAi(address, rename).chatModel(address.model);
  return async (request) => {
    try {
      return await model.doGenerate(request);
    } catch (error) {
      if (limitName !== "max_tokens" || !wantsOtherLimit(error)) throw error;
      limitName = "max_completion_tokens";
      return await model.doGenerate(request);
    }
  };
}

/** Opens a model that makes embeddings at an OpenAI-compatible address. */
export function openEmbeddingModel(address: ProviderAddress & { model: string }): ReturnType<OpenAi["embeddingModel"]> {
  return openOpenAi({ ...address, provider: "openai-compatible" }).embeddingModel(address.model);
}

function openOpenAi(
  { provider, baseUrl, apiKey, guard }: ProviderAddress & { provider: ProviderKind },
  transformRequestBody?: (body: Record<string, unknown>) => Record<string, unknown>,
): OpenAi {
  const common = { name: openAiOptions, baseURL: baseUrl, fetch: fetchWithin(guard), transformRequestBody };
  if (provider !== "azure") return createOpenAICompatible({ ...common, apiKey: apiKey ?? undefined });
  return createOpenAICompatible({
    ...common,
    headers: apiKey === null ? {} : { "api-key": apiKey },
    queryParams: /\/deployments\//i.test(baseUrl) ? { "api-version": azureApiVersion } : undefined,
  });
}

function openAnthropic({ baseUrl, apiKey, guard }: ProviderAddress): ReturnType<typeof createAnthropic> {
  // Without one given the SDK would take a key from the environment, which is nobody's who types in an address.
  return createAnthropic({ baseURL: baseUrl, apiKey: apiKey ?? "", fetch: fetchWithin(guard) });
}

/** The SDK's way to the network, which is the guarded one. */
function fetchWithin(guard: Guard): typeof fetch {
  return (input, init) => {
    const { method, headers, body, signal } = init ?? {};
    const url = input instanceof Request ? input.url : input;
    return guardedFetch(url, { method, headers, body: body as string, signal: signal ?? undefined }, guard);
  };
}

/** OpenAI's models that reason refuse the older name of the limit, which is the only one that some servers know. */
function wantsOtherLimit(error: unknown): boolean {
  return APICallError.isInstance(error) && error.statusCode === 400 && /max_completion_tokens/.test(error.message);
}
