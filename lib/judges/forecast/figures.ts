import type { TokenPrices } from "@/lib/ledger/worst-case";

/** A figure with the bounds between which it is expected, 19 times of 20. */
export type Expected = { low: number; expected: number; high: number };

/** What one verdict took so far, its repairs included. */
export type PaidVerdict = {
  inputTokens: number;
  outputTokens: number;
  latencyMs: number;
  requests: number;
  /** What the rule of thumb makes of its first request. */
  estimatedTokens: number;
};

/** Fewer verdicts say too little about the spread. */
export const leastVerdicts = 10;

/** How far the rule of thumb for tokens, and the guess at an answer, may be off before any answer came. */
const offByRule = { low: 0.6, high: 1.6 };
const guessedAnswer = { low: 50, expected: 150, high: 500 };
const z = 1.96;

export type VerdictFigures = {
  basis: "verdicts" | "texts";
  verdicts: number;
  inputTokens: Expected;
  outputTokens: Expected;
  costMicros: Expected;
};

/**
 * What so many verdicts take. With verdicts of this version: the tokens of the texts to come by the rule of thumb times
 * the ratio by which it was off so far, and the mean of the answers; the interval of a sum of N from n drawn before,
 * N * mean +- 1.96 * sd * sqrt(N + N^2 / n). Without: the rule of thumb alone, and how far it may be off.
 */
export function forecastVerdicts(
  verdicts: number,
  { estimates, paid }: { estimates: readonly number[]; paid: readonly PaidVerdict[] },
  prices: TokenPrices & { maxOutputTokens: number },
): VerdictFigures {
  const estimate = mean(estimates);
  if (paid.length < leastVerdicts) {
    const input = times(verdicts * estimate, { expected: 1, ...offByRule });
    const output = times(verdicts, capped(guessedAnswer, prices.maxOutputTokens));
    const cost = (bound: keyof Expected) =>
      (input[bound] * prices.inputPriceMicros + output[bound] * prices.outputPriceMicros) / 1e6;
    const costMicros = { low: cost("low"), expected: cost("expected"), high: cost("high") };
    return { basis: "texts", verdicts, inputTokens: input, outputTokens: output, costMicros };
  }
  const longer = estimates.length === 0 ? 1 : estimate / Math.max(1, mean(paid.map((one) => one.estimatedTokens)));
  const inputTokens = sumOf(
    verdicts,
    paid.map((one) => one.inputTokens * longer),
  );
  const outputTokens = sumOf(
    verdicts,
    paid.map((one) => one.outputTokens),
  );
  // Prices may have changed since: what is to come costs what is asked now. Cached tokens are counted in full.
  const costs = paid.map(
    (one) => (one.inputTokens * longer * prices.inputPriceMicros + one.outputTokens * prices.outputPriceMicros) / 1e6,
  );
  return { basis: "verdicts", verdicts, inputTokens, outputTokens, costMicros: sumOf(verdicts, costs) };
}

/**
 * Seconds until so many verdicts are there: as many requests at once as allowed, each as long as so far, but no more
 * requests and tokens a minute than the provider takes. Null where nothing is known of either.
 */
export function forecastSeconds(
  { verdicts, inputTokens, outputTokens }: VerdictFigures,
  paid: readonly PaidVerdict[],
  limits: { concurrency: number; requestsPerMinute: number | null; tokensPerMinute: number | null },
): number | null {
  const requests = verdicts * (paid.length === 0 ? 1 : mean(paid.map((one) => one.requests)));
  const tokens = inputTokens.expected + outputTokens.expected;
  const times = [
    ...(paid.length === 0 ? [] : [(verdicts * mean(paid.map((one) => one.latencyMs))) / 1000 / limits.concurrency]),
    ...(limits.requestsPerMinute === null ? [] : [(60 * requests) / limits.requestsPerMinute]),
    ...(limits.tokensPerMinute === null ? [] : [(60 * tokens) / limits.tokensPerMinute]),
  ];
  return times.length === 0 ? null : Math.max(...times);
}

function sumOf(n: number, seen: readonly number[]): Expected {
  const m = mean(seen);
  const variance = seen.reduce((sum, one) => sum + (one - m) ** 2, 0) / Math.max(1, seen.length - 1);
  const half = z * Math.sqrt(variance * (n + (n * n) / seen.length));
  return { low: Math.max(0, n * m - half), expected: n * m, high: n * m + half };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function times(by: number, { low, expected, high }: Expected): Expected {
  return { low: by * low, expected: by * expected, high: by * high };
}

function capped({ low, expected, high }: Expected, most: number): Expected {
  return { low: Math.min(low, most), expected: Math.min(expected, most), high: Math.min(high, most) };
}

/** The figures of several types of questions together; their bounds are added, as what makes one dear makes all dear. */
export function sumFigures(parts: readonly VerdictFigures[]): VerdictFigures {
  const sum = (of: (part: VerdictFigures) => number) => parts.reduce((total, part) => total + of(part), 0);
  const added = (of: "inputTokens" | "outputTokens" | "costMicros"): Expected => ({
    low: sum((part) => part[of].low),
    expected: sum((part) => part[of].expected),
    high: sum((part) => part[of].high),
  });
  return {
    basis: parts.every(({ basis }) => basis === "verdicts") ? "verdicts" : "texts",
    verdicts: sum(({ verdicts }) => verdicts),
    ...{ inputTokens: added("inputTokens"), outputTokens: added("outputTokens"), costMicros: added("costMicros") },
  };
}
