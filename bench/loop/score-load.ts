import { setTimeout as sleep } from "node:timers/promises";
import type { RewardModelList } from "@/lib/reward/schema";
import type { ScoreOutput } from "@/lib/reward/serving/schema";
import type { Span } from "./kills";
import type { LoopRecord } from "./records";

/** Pairs in a call, by turns. */
const batches = [16, 64] as const;
/** Between the answer to one call and the next, and while there is no version. */
const pauseMs = 250;
const timeoutMs = 30_000;

/** A call of the score endpoint. */
export type ScoreCall = {
  /** The web process it went to. */
  web: 0 | 1;
  pairs: number;
  from: number;
  to: number;
  /** Why it failed; null where it was answered as it should be. */
  failure: string | null;
};

export type ScoreLoad = { calls: ScoreCall[]; stop: () => Promise<void> };

/**
 * Asks both web processes all the time to score pairs of the file, in batches of 16 and of 64 by turns, from the moment
 * there is a version until it is stopped: by the active version or, while the gate has let none pass, by the newest.
 */
export function startScoreLoad(options: Scored): ScoreLoad {
  const calls: ScoreCall[] = [];
  const stopping = new AbortController();
  let model: string | null = null;
  const loops = ([0, 1] as const).map(async (web) => {
    let place = 0;
    for (let turn = 0; !stopping.signal.aborted;) {
      const pairs = batches[turn % batches.length]!;
      const chosen = Array.from({ length: pairs }, (_, i) => options.records[(place + i) % options.records.length]!);
      if (model !== "active") model = (await servedModel(options, web)) ?? model;
      if (model !== null) {
        const from = Date.now();
        const failure = await score(options, { web, model }, chosen);
        calls.push({ web, pairs, from, to: Date.now(), failure });
        place += pairs;
        turn++;
      }
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  });
  return {
    calls,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

type Scored = { urls: readonly [string, string]; apiKey: string; slug: string; records: readonly LoopRecord[] };

/** How the version to ask is called; null while there is none, or nobody answers. */
async function servedModel({ urls, apiKey, slug }: Scored, web: 0 | 1): Promise<string | null> {
  try {
    const response = await fetch(`${urls[web]}/api/v1/projects/${slug}/reward-models?limit=200`, {
      headers: { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return null;
    const { items } = (await response.json()) as RewardModelList;
    return items.some(({ isActive }) => isActive) ? "active" : (items[0]?.id ?? null);
  } catch {
    return null;
  }
}

/** Why the call failed; null for a whole answer. */
async function score(
  { urls, apiKey, slug }: Scored,
  { web, model }: { web: 0 | 1; model: string },
  records: readonly LoopRecord[],
): Promise<string | null> {
  try {
    const response = await fetch(`${urls[web]}/api/v1/projects/${slug}/reward-models/${model}/score`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ items: records.map(({ prompt, texts }) => ({ prompt, completions: texts })) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) return `${response.status} ${text.slice(0, 200)}`;
    const { items } = JSON.parse(text) as ScoreOutput;
    const isWhole = items.length === records.length && items.every(isScored);
    return isWhole ? null : `an answer that is not whole: ${text.slice(0, 200)}`;
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return cause?.code ?? message;
  }
}

function isScored({ completions, firstPreferred }: ScoreOutput["items"][number]): boolean {
  const isProbability = firstPreferred !== null && firstPreferred.probability > 0 && firstPreferred.probability < 1;
  return completions.length === 2 && completions.every(({ reward }) => Number.isFinite(reward)) && isProbability;
}

/**
 * Counts of the calls. One that failed while its web process or the database was down, or was still going up, is an
 * expected failure; any other is not.
 */
export function scoreFigures(calls: readonly ScoreCall[], kills: readonly Span[]) {
  const isExpected = ({ web, from, to }: ScoreCall) =>
    kills.some(
      (kill) => (kill.part === "database" || kill.part === `web ${web + 1}`) && kill.from <= to && from <= kill.to,
    );
  const failed = calls.filter(({ failure }) => failure !== null);
  const unexpected = failed.filter((call) => !isExpected(call));
  return {
    score_calls: calls.length,
    score_failed_in_restarts: failed.length - unexpected.length,
    score_failures: unexpected.length,
    score_failure_reasons: [...new Set(unexpected.map(({ failure }) => failure!))].slice(0, 5),
    score_ms: Object.fromEntries(batches.map((pairs) => [`pairs_${pairs}`, quantiles(calls, pairs)])),
  };
}

function quantiles(
  calls: readonly ScoreCall[],
  pairs: number,
): { calls: number; p50: number | null; p95: number | null } {
  const times = calls
    .filter((call) => call.pairs === pairs && call.failure === null)
    .map(({ from, to }) => to - from)
    .toSorted((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? null;
  return { calls: times.length, p50: at(0.5), p95: at(0.95) };
}
