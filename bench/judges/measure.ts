import { fork } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { checkJudging, type Findings } from "./check";
import { startCrew, startKilling, type Crew } from "./crew";
import { cpuPerCall, quantile, type Sample } from "./figures";
import { makeProject } from "./projects";
import type { ProviderMessage, ProviderQuery } from "./provider";

export type Settings = {
  judgements: number;
  latencyMs: number;
  workers: number;
  /** Requests in flight of each judge. */
  concurrency: number;
  /** Seconds from one kill of a worker to the next; null for none. */
  killEverySeconds: number | null;
};

const sampleMs = 1_000;
const providerKey = "sk-of-the-simulated-judge";
const patienceMinutes = 30;

/** One project for each worker, as the judging runs of a project take turns; all of them judged, then compared. */
export async function measureJudging(
  databaseUrl: string,
  name: string,
  { judgements, latencyMs, workers, concurrency, killEverySeconds }: Settings,
) {
  const instances = Math.ceil(judgements / workers);
  const provider = await startProvider(latencyMs);
  const slugs = Array.from({ length: workers }, (_, n) => `${name}-${n}`);
  await query(databaseUrl, "insert into allowed_hosts (host) values ($1)", [provider.host]);
  const projects = [];
  for (const slug of slugs)
    projects.push(await makeProject(slug, instances, { baseUrl: provider.baseUrl, apiKey: providerKey, concurrency }));
  const crew = startCrew(workers, databaseUrl);
  try {
    await until(databaseUrl, "select count(*) >= $1::int as so from worker_processes", [workers]);
    const loadBefore = os.loadavg()[0]!;
    const cpuBefore = crew.cpuSeconds();
    for (const { start } of projects) await start();
    const sampling = startSampling(crew, provider);
    const killing = killEverySeconds === null ? null : startKilling(crew, killEverySeconds);
    await until(
      databaseUrl,
      "select not exists (select from runs join projects on projects.id = project_id where slug = any($1) and finished_at is null) as so",
      [slugs],
    );
    const kills = (await killing?.stop()) ?? 0;
    const samples = await sampling.stop();
    const log = await provider.log();
    const found = await checkJudging(databaseUrl, { slugs, instances, log });
    const calls = log.requests.reduce((sum, [, times]) => sum + times, 0);
    return {
      ...(await timesOf(databaseUrl, slugs, { judgements: instances * workers, latencyMs })),
      cpu_ms_per_call_p50: round(quantile(cpuPerCall(samples), 0.5)),
      cpu_ms_per_call: round((1000 * (crew.cpuSeconds() - cpuBefore)) / calls),
      worker_rss_mb: Math.round(crew.peakMb()),
      ...{ calls, kills },
      ...found,
      ...(await runsOf(databaseUrl, slugs)),
      load: [loadBefore, os.loadavg()[0]!].map((load) => round(load)),
    };
  } finally {
    await crew.stop();
    provider.stop();
  }
}

/** Whether all that was paid for is booked, all that was asked is stored once, and says what was said. */
export function isSound({ lost, doubled, wrong, invented, spend_micros: spend }: Findings): boolean {
  const isBooked = spend.verdicts + spend.booked_in_vain === spend.ledger && spend.days === spend.ledger;
  return lost + doubled + wrong + invented + spend.caps_hold === 0 && isBooked;
}

type Provider = {
  baseUrl: string;
  host: string;
  requests: () => Promise<number>;
  log: () => Promise<Extract<ProviderMessage, { kind: "log" }>>;
  stop: () => void;
};

async function startProvider(latencyMs: number): Promise<Provider> {
  const child = fork(path.resolve(import.meta.dirname, "provider.ts"), [String(latencyMs), providerKey], {
    execArgv: ["--import", "tsx"],
  });
  const heard = async <K extends ProviderMessage["kind"]>(kind: K) => {
    const [message] = (await once(child, "message")) as [ProviderMessage];
    if (message.kind !== kind) throw new Error(`The provider said ${message.kind} where ${kind} was asked for.`);
    return message as Extract<ProviderMessage, { kind: K }>;
  };
  const ask = (query: ProviderQuery) => void child.send(query);
  const { baseUrl, host } = await heard("ready");
  return {
    ...{ baseUrl, host },
    requests: async () => {
      ask("count");
      return (await heard("count")).requests;
    },
    log: async () => {
      ask("log");
      return await heard("log");
    },
    stop: () => child.disconnect(),
  };
}

function startSampling(crew: Crew, provider: Provider): { stop: () => Promise<Sample[]> } {
  const samples: Sample[] = [];
  const stopped = new AbortController();
  const take = async () => void samples.push({ requests: await provider.requests(), cpuSeconds: crew.cpuSeconds() });
  const sampling = (async () => {
    while (!stopped.signal.aborted) {
      await take();
      await sleep(sampleMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
    await take();
  })();
  return {
    stop: async () => {
      stopped.abort();
      await sampling;
      return samples;
    },
  };
}

/** Judgements a second, from when the first run was there until the last one had ended, and how long calls took beyond the latency. */
async function timesOf(
  databaseUrl: string,
  slugs: string[],
  { judgements, latencyMs }: { judgements: number; latencyMs: number },
) {
  const [times] = await query<{ seconds: number; p50: number; p95: number }>(
    databaseUrl,
    `with mine as (select id from projects where slug = any($1))
     select (select extract(epoch from max(finished_at) - min(created_at))::float8 from runs where project_id in (select id from mine)) as seconds,
       percentile_cont(0.5) within group (order by latency_ms) as p50, percentile_cont(0.95) within group (order by latency_ms) as p95
     from verdicts where project_id in (select id from mine)`,
    [slugs],
  );
  const { seconds, p50, p95 } = times!;
  return {
    judgements,
    seconds: round(seconds),
    judgements_per_s: round(judgements / seconds),
    wall_overhead_ms_p50: round(p50 - latencyMs),
    wall_overhead_ms_p95: round(p95 - latencyMs),
  };
}

async function runsOf(databaseUrl: string, slugs: string[]) {
  const rows = await query<{ state: string; error: string | null }>(
    databaseUrl,
    "select state, error from runs join projects on projects.id = project_id where slug = any($1)",
    [slugs],
  );
  return { failed_runs: rows.filter(({ state }) => state !== "succeeded") };
}

async function until(databaseUrl: string, sql: string, values: unknown[]): Promise<void> {
  const deadline = Date.now() + patienceMinutes * 60_000;
  while (!(await query<{ so: boolean }>(databaseUrl, sql, values))[0]!.so) {
    if (Date.now() > deadline) throw new Error(`After ${patienceMinutes} minutes it is still not so: ${sql}`);
    await sleep(250);
  }
}

async function query<T extends pg.QueryResultRow>(databaseUrl: string, sql: string, values: unknown[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function round(value: number | null): number {
  return Math.round((value ?? Number.NaN) * 100) / 100;
}
