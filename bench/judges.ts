import { parseArgs } from "node:util";
import { disconnect } from "@/lib/db/client";
import { isSound, measureJudging, type Settings } from "./judges/measure";
import { startDatabase } from "./shared/database";

/**
 * Pairwise judgements, two calls each, by workers of their own that ask a simulated provider over HTTP: first left alone,
 * then with one of the workers killed by SIGKILL every few seconds and another one started. Afterwards the rows are
 * compared with what was to be judged and with the provider's own log.
 *
 *     npm run bench -- judges [--judgements 10000] [--latency 5] [--workers 3] [--concurrency 8] [--kill-every 10] [--json]
 *
 * `overhead_ms_p50` is CPU, user and system, of the worker processes a call, the middle of the seconds left alone;
 * `cpu_ms_per_call` is the whole of it, under kills with the starts of new workers. `wall_overhead_ms_p50` is how long a
 * call took by the worker's clock beyond the simulated latency, which includes waiting for a processor.
 */
const { values: flags } = parseArgs({
  options: {
    judgements: { type: "string", default: "10000" },
    /** Milliseconds before the provider answers. */
    latency: { type: "string", default: "5" },
    workers: { type: "string", default: "3" },
    concurrency: { type: "string", default: "8" },
    "kill-every": { type: "string", default: "10" },
    json: { type: "boolean", default: false },
  },
});
const settings: Settings = {
  judgements: Number(flags.judgements),
  latencyMs: Number(flags.latency),
  workers: Number(flags.workers),
  concurrency: Number(flags.concurrency),
  killEverySeconds: null,
};

const database = await startDatabase();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void database.stop().then(() => process.exit(1)));
try {
  process.env.DATABASE_URL = database.url;
  process.env.TANDEM_SECRET = "x".repeat(32);
  const quiet = await measureJudging(database.url, "quiet", settings);
  console.error(JSON.stringify(quiet));
  const killed = await measureJudging(database.url, "killed", {
    ...settings,
    killEverySeconds: Number(flags["kill-every"]),
  });
  const result = {
    judgements_per_s: quiet.judgements_per_s,
    overhead_ms_p50: quiet.cpu_ms_per_call_p50,
    worker_rss_mb: Math.max(quiet.worker_rss_mb, killed.worker_rss_mb),
    lost: quiet.lost + killed.lost,
    doubled: quiet.doubled + killed.doubled,
    ...{ settings: { ...settings, killEverySeconds: Number(flags["kill-every"]) }, quiet, killed },
  };
  console.log(JSON.stringify(result, null, flags.json ? undefined : 2));
  const hasFailed = quiet.failed_runs.length + killed.failed_runs.length > 0;
  if (hasFailed || ![quiet, killed].every(isSound)) process.exitCode = 1;
} finally {
  await disconnect();
  await database.stop();
}
