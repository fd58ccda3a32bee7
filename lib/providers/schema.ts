import { z } from "zod";

/** Where an OpenAI-compatible provider answers, up to and without the name of what is asked: https://api.openai.com/v1 */
export const baseUrl = z
  .string()
  .trim()
  .max(500, "can have at most 500 characters")
  .regex(
    /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i,
    "must be an address such as https://api.example.org/v1, without ? and #",
  )
  .overwrite((url) => url.replace(/\/+$/, ""));

/** The key of a provider, as it gave it. */
export const apiKey = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(1000, "can have at most 1000 characters")
  .regex(/^[\x21-\x7e]+$/, "must be printable characters without spaces, as the provider gave it");

/** What a provider calls a model. */
export const modelName = z.string().trim().min(1, "must not be empty").max(200, "can have at most 200 characters");

/**
 * Whose protocol an address speaks: OpenAI's chat completions, as most do; Anthropic's messages; or OpenAI's as Azure has
 * it, with the key in a header of its own.
 */
export const providerKinds = ["openai-compatible", "anthropic", "azure"] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** Whether a protocol can give the probabilities of an answer's tokens. */
export function givesTokenProbabilities(provider: ProviderKind): boolean {
  return provider !== "anthropic";
}
