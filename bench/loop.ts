import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ensureBuilt } from "@/bin/build";
import { defaultComparison } from "@/lib/projects/schema";
import { renderMarkdown } from "@/lib/text/render";
import { isLeftAlone } from "./loop/delays";
import { readRecords, recogniserOf } from "./loop/records";
import { startFileJudge } from "./loop/judge";
import { runLoop } from "./loop/run";
import { startSite } from "./shared/site";

/**
 * Replays a file with labels of people and of an LM through the whole loop: import without labels, routes, simulated
 * annotators over the HTTP API, a judge server that answers from the file and sees only the bytes of requests, a reward
 * model that retrains by itself, an export. With --kills, web, worker, trainer and database are killed at random times
 * meanwhile. Then the rows are compared with the file.
 */
const { values: flags } = parseArgs({
  options: {
    data: { type: "string" },
    /** Labels of people on one instance; instances with fewer in the file are left out. */
    overlap: { type: "string", default: "3" },
    annotators: { type: "string", default: "8" },
    /** Mean seconds before an answer. */
    think: { type: "string", default: "0" },
    humanShare: { type: "string", default: "0.3" },
    dualShare: { type: "string", default: "0.1" },
    retrainAfter: { type: "string", default: "300" },
    kills: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
if (!flags.data) throw new Error("Name the file: npm run bench -- loop --data FILE [--kills 20] [--json]");
const say = flags.json ? console.error : console.log;

await ensureBuilt({ say: console.error, logFile: path.resolve(import.meta.dirname, "../.data/logs/build.log") });
const overlap = Number(flags.overlap);
const { judge, records } = await readRecords(flags.data, overlap);
say(`${records.length} instances; ${judge} judges.`);

const delays = await mkdtemp(path.join(os.tmpdir(), "tandem-delays-"));
const key = "sk-of-the-judge";
const judgeServer = await startFileJudge(await recogniserOf(records, (prompt) => prompt), key);
const site = await startSite({
  TANDEM_BENCH_DELAYS: delays,
  NODE_OPTIONS: `--import ${pathToFileURL(path.resolve(import.meta.dirname, "loop/event-loop.mjs")).href}`,
});
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void site.stop().then(() => process.exit(1)));
try {
  const result = await runLoop({
    ...{ site, judgeServer, judgeKey: key, records, overlap, delays, say },
    recogniseShown: await recogniserOf(records, renderMarkdown),
    question: { ...defaultComparison, scale: 3, bothBad: false },
    annotators: Number(flags.annotators),
    thinkMs: Number(flags.think) * 1000,
    policy: { kind: "random", humanShare: Number(flags.humanShare), dualShare: Number(flags.dualShare) },
    retrainAfter: Number(flags.retrainAfter),
    kills: Number(flags.kills),
    seed: Number(flags.seed),
  });
  console.log(JSON.stringify({ judge, ...result }));
  const { web, worker } = result.event_loop_ms;
  const faults =
    result.lost + result.doubled + result.wrong_verdicts + result.stale_consensus + result.incomplete_routes;
  const isPaidTooOften = result.paid_twice > result.paid_twice_at_most;
  const isHeldUp = ![web, worker].every((delays) => isLeftAlone(delays.training_or_scoring));
  const isRestarted = (result.trainings_restarted ?? 0) > 0;
  if (faults > 0 || isPaidTooOften || isHeldUp || isRestarted || result.score_failures > 0) process.exitCode = 1;
} finally {
  await site.stop();
  await judgeServer.stop();
  await rm(delays, { recursive: true, force: true });
}
