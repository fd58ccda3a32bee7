/** F1 of two shares; 0 where both are. */
export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** |A n B| / |A u B|; 1 for two empty sets. */
export function jaccard<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  let shared = 0;
  for (const one of a) if (b.has(one)) shared++;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}

/**
 * F1 of the words that two texts share, each as often as both have it: ROUGE-1 (Lin 2004). 1 for two empty texts, 0 where
 * one is empty.
 */
export function tokenF1(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared++;
  }
  return (2 * shared) / (a.length + b.length);
}

/**
 * F1 of the longest common subsequence of two texts' words: ROUGE-L (Lin 2004) with beta 1, so that neither text is the
 * reference. 1 for two empty texts, 0 where one is empty.
 */
export function rougeL(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const numbers = new Map([...new Set(a)].map((word, number) => [word, number]));
  const [x, y] = [
    Int32Array.from(a, (word) => numbers.get(word)!),
    Int32Array.from(b, (word) => numbers.get(word) ?? -1),
  ];
  // longest[j]: the length for what was read of a and the first j words of b.
  const longest = new Int32Array(y.length + 1);
  for (const word of x) {
    let diagonal = 0;
    for (let j = 1; j <= y.length; j++) {
      const above = longest[j]!;
      longest[j] = y[j - 1] === word ? diagonal + 1 : Math.max(above, longest[j - 1]!);
      diagonal = above;
    }
  }
  return (2 * longest[y.length]!) / (a.length + b.length);
}
