/** Prices in millionths for a million tokens. */
export type TokenPrices = {
  inputPriceMicros: number;
  /** Null where cached tokens cost what others do. */
  cachedInputPriceMicros?: number | null;
  outputPriceMicros: number;
};

/** What chat formats put around a message, and around all of them: a few tokens, generously. */
const tokensAroundMessage = 32;
const tokensAroundRequest = 128;

/**
 * An upper bound of a request's input tokens: tokenisers of language models make at most one token of each byte of
 * UTF-8, whatever the script (byte-level BPE has a token for every byte and joins them; SentencePiece falls back to
 * single bytes), and chat formats add a little to each message.
 */
export function mostInputTokens(messages: readonly { content: string }[]): number {
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  return bytes + tokensAroundMessage * messages.length + tokensAroundRequest;
}

/**
 * The most that a request can cost, in millionths: every byte a token at the dearer input price, and an answer as long
 * as it may be. Providers that do not keep to the longest answer can cost more.
 */
export function worstCase(
  messages: readonly { content: string }[],
  maxOutputTokens: number,
  prices: TokenPrices,
): number {
  const { inputPriceMicros, cachedInputPriceMicros, outputPriceMicros } = prices;
  const inputPrice = Math.max(inputPriceMicros, cachedInputPriceMicros ?? 0);
  return Math.ceil((mostInputTokens(messages) * inputPrice + maxOutputTokens * outputPriceMicros) / 1e6);
}

/** What tokens cost, in millionths, rounded once. */
export function costOf(
  tokens: { inputTokens: number; cachedInputTokens: number; outputTokens: number },
  { inputPriceMicros, cachedInputPriceMicros, outputPriceMicros }: TokenPrices,
): number {
  const { inputTokens, cachedInputTokens, outputTokens } = tokens;
  const cachedPrice = cachedInputPriceMicros ?? inputPriceMicros;
  const input = (inputTokens - cachedInputTokens) * inputPriceMicros + cachedInputTokens * cachedPrice;
  return Math.round((input + outputTokens * outputPriceMicros) / 1e6);
}
