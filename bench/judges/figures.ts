/** CPU seconds of all workers so far, dead ones included, and requests that the provider has answered so far. */
export type Sample = { cpuSeconds: number; requests: number };

/** Windows with fewer requests than this say little about the cost of one. */
const fewestRequests = 20;

/** CPU milliseconds a request between one sample and the next, of windows in which the workers asked something. */
export function cpuPerCall(samples: readonly Sample[]): number[] {
  return samples.slice(1).flatMap((sample, i) => {
    const before = samples[i]!;
    const requests = sample.requests - before.requests;
    return requests < fewestRequests ? [] : (1000 * (sample.cpuSeconds - before.cpuSeconds)) / requests;
  });
}

/** The value below which a share of the values lies; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? null;
}

export type Compared = {
  /** Expected and not there. */
  lost: number;
  /** There more than once, or though nobody expected it. */
  doubled: number;
};

/** Counts what is stored against what is expected, each key once. */
export function compare(expected: Iterable<string>, stored: readonly string[]): Compared {
  const left = new Set(expected);
  let doubled = 0;
  for (const key of stored) if (!left.delete(key)) doubled += 1;
  return { lost: left.size, doubled };
}

/** Answers of the provider that no verdict holds, and verdicts that no answer stands behind. */
export function unstored(
  answered: readonly (readonly [key: string, times: number])[],
  verdicts: readonly string[],
): { unstored: number; invented: number } {
  const times = new Map(answered);
  let invented = 0;
  for (const key of verdicts) {
    const left = times.get(key) ?? 0;
    if (left === 0) invented += 1;
    else times.set(key, left - 1);
  }
  return { unstored: [...times.values()].reduce((sum, n) => sum + n, 0), invented };
}
