/** Prices of the simulated judge, in millionths for a million tokens. */
export const prices = { inputPriceMicros: 150_000, outputPriceMicros: 600_000 };

/** Tokens that each answer takes. */
export const answerTokens = 60;

const words = ["tea", "time", "river", "code", "stone", "light", "a", "of", "the", "slow"];

/** What a request costs, rounded once. */
export function micros(inputTokens: number, outputTokens: number): number {
  return Math.round((inputTokens * prices.inputPriceMicros + outputTokens * prices.outputPriceMicros) / 1e6);
}

/** The prompt of an instance, which alone tells it from all others. */
export function promptOf(slug: string, n: number): string {
  return `Question ${n} of ${slug}: ${text(n, 40)}?`;
}

export function readPrompt(prompt: string): { slug: string; n: number } {
  const [, n, slug] = /^Question (\d+) of ([\w-]+): /.exec(prompt) ?? [];
  if (slug === undefined) throw new Error(`This is no question of the measurement: ${prompt.slice(0, 100)}`);
  return { slug, n: Number(n) };
}

/** Two completions of about a hundred words; the first is better, which is longer, where `n` is even. */
export function completionsOf(n: number): [string, string] {
  const [better, worse] = [text(n, 120), text(n + 1, 80)];
  return n % 2 === 0 ? [`First: ${better}.`, `Second: ${worse}.`] : [`First: ${worse}.`, `Second: ${better}.`];
}

/** Which completion is better. */
export function betterOf(n: number): 0 | 1 {
  return n % 2 === 0 ? 0 : 1;
}

/** Names one question in one order, as the provider's log and the verdicts do. */
export function requestKey(slug: string, n: number, order: string): string {
  return `${slug} ${n} ${order}`;
}

function text(n: number, length: number): string {
  return Array.from({ length }, (_, i) => words[(i * 7 + n) % words.length]).join(" ");
}
