import { createHash } from "node:crypto";
import { embedMany } from "ai";
import { AppError } from "@/lib/errors";
import { readFailure } from "@/lib/providers/failure";
import { openEmbeddingModel } from "@/lib/providers/open";
import { say } from "@/lib/say";
import type { EmbeddingsEndpoint } from "./schema";

/** A text that is encoded to see what a model is. */
export const probeText = "The quick brown fox jumps over the lazy dog. 1 + 1 = 2.";

/** Numbers of the probe's vector that are kept. */
const probeNumbers = 16;

/** Providers round and batch differently from call to call; another model differs by far more. */
const probeTolerance = 0.01;

const timeoutMs = 120_000;
const maxAnswerBytes = 64_000_000;
const maxRetries = 4;
const textsAtOnce = 64;
const requestsAtOnce = 4;

type Provider = {
  endpoint: Pick<EmbeddingsEndpoint, "baseUrl" | "model">;
  apiKey: string | null;
  allowedHosts: readonly string[];
};

export type EndpointEncoder = {
  /** A vector of length 1 for each text, in their order; of zeros for a text without anything to read. */
  encode(texts: readonly string[]): Promise<Float32Array[]>;
};

/**
 * Opens an OpenAI-compatible embeddings endpoint. What may pass (429, 5xx, no connection) is tried again, as late as
 * Retry-After says. Throws `invalid` in words for whoever chose it, and `unavailable` where the provider does not answer.
 * None of them has the provider's own error as its cause, which may repeat the key.
 */
export function openEndpointEncoder(provider: Provider & { width?: number }): EndpointEncoder {
  const { endpoint, apiKey, allowedHosts } = provider;
  const guard = { allowedHosts, timeoutMs, maxBytes: maxAnswerBytes };
  const model = openEmbeddingModel({ ...endpoint, apiKey, guard });
  const send = async (texts: readonly string[]): Promise<number[][]> => {
    const { embeddings } = await embedMany({ model, values: [...texts], maxRetries }).catch((error: unknown) => {
      throw failureOf(error, provider);
    });
    if (embeddings.length === texts.length) return embeddings;
    throw new AppError(
      "invalid",
      say`Model ${endpoint.model} at ${endpoint.baseUrl} gave ${embeddings.length} vectors for ${texts.length} texts. Choose another endpoint.`,
    );
  };
  return {
    async encode(texts) {
      // Providers refuse texts without anything to read.
      const readable = texts.filter((text) => text.trim() !== "");
      const batches = Array.from({ length: Math.ceil(readable.length / textsAtOnce) }, (_, i) =>
        readable.slice(i * textsAtOnce, (i + 1) * textsAtOnce),
      );
      const made: Float32Array[] = [];
      for (let start = 0; start < batches.length; start += requestsAtOnce) {
        const answers = await Promise.all(batches.slice(start, start + requestsAtOnce).map(send));
        made.push(...answers.flat().map((vector) => normalised(vector, endpoint)));
      }
      const width = provider.width ?? made[0]?.length ?? 0;
      if (made.some((vector) => vector.length !== width)) {
        throw new AppError(
          "invalid",
          say`Model ${endpoint.model} at ${endpoint.baseUrl} gives vectors of several lengths. Choose another.`,
        );
      }
      let place = 0;
      return texts.map((text) => (text.trim() === "" ? new Float32Array(width) : made[place++]!));
    },
  };
}

/** What an endpoint is now: its probe, the width of its vectors and the name of its version. Throws as encoding does. */
export async function probeEndpoint(
  provider: Provider,
): Promise<{ version: string; width: number; endpoint: EmbeddingsEndpoint }> {
  const [vector] = await openEndpointEncoder(provider).encode([probeText]);
  const { baseUrl, model } = provider.endpoint;
  const probe = Array.from(vector!.subarray(0, probeNumbers), (value) => Math.round(value * 1000) / 1000);
  const hash = createHash("sha256")
    .update(JSON.stringify([baseUrl, model, vector!.length, probe]))
    .digest("hex");
  return {
    version: `endpoint-${hash.slice(0, 32)}`,
    width: vector!.length,
    endpoint: { baseUrl, model, probe },
  };
}

/** Throws `invalid` where the endpoint is not what it was when it was chosen. */
export async function requireSameEndpoint(
  encoder: EndpointEncoder,
  { endpoint, width }: { endpoint: EmbeddingsEndpoint; width: number },
): Promise<void> {
  const [vector] = await encoder.encode([probeText]);
  if (vector!.length === width && isSameProbe(endpoint.probe, vector!)) return;
  throw new AppError(
    "invalid",
    say`Model ${endpoint.model} at ${endpoint.baseUrl} gives other vectors than when it was chosen. Choose it again and train anew.`,
  );
}

/** Whether two beginnings of vectors are of one model: calls differ a little. */
export function isSameProbe(probe: readonly number[], now: ArrayLike<number>): boolean {
  return probe.every((value, i) => Math.abs(value - now[i]!) <= probeTolerance);
}

function normalised(vector: readonly number[], { model, baseUrl }: Provider["endpoint"]): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (Number.isFinite(length) && length > 0) return Float32Array.from(vector, (value) => value / length);
  throw new AppError("invalid", say`Model ${model} at ${baseUrl} gave a vector that has no direction. Choose another.`);
}

function failureOf(error: unknown, { endpoint: { baseUrl, model }, apiKey }: Provider): AppError {
  const failure = readFailure(error, apiKey);
  const { said } = failure;
  switch (failure.kind) {
    case "guard":
      return new AppError(failure.code, say`The embeddings endpoint ${baseUrl} cannot be asked: ${said}`);
    case "key":
      return new AppError("invalid", say`${baseUrl} refuses the key (${said}). Enter a valid one.`);
    case "payment":
      return new AppError("invalid", say`${baseUrl} wants payment (${said}). Top up the account there.`);
    case "model":
      return new AppError("invalid", say`${baseUrl} has no embeddings of a model ${model} (${said}). Correct them.`);
    case "passing":
      return new AppError("unavailable", say`${baseUrl} makes no embeddings now (${said}). Try again later.`, {
        retryAfterSeconds: Math.ceil((failure.retryAfterMs ?? 60_000) / 1000),
      });
    case "foreign":
    case "page":
      return new AppError("invalid", say`${baseUrl} does not answer as an embeddings endpoint does: ${said}`);
    case "route":
    case "refused":
      return new AppError(
        "invalid",
        say`${baseUrl} makes no embeddings of a text (${said}). Shorten or remove it, or choose an endpoint that reads it.`,
      );
  }
}
