// Loaded into each process of the measured site: writes once a second how long its event loop was held up at most.
//   NODE_OPTIONS="--import .../event-loop.mjs" TANDEM_BENCH_DELAYS=FOLDER
import { appendFileSync } from "node:fs";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { setInterval } from "node:timers";
import { isMainThread } from "node:worker_threads";

const name = [/workers\/main/, /workers\/trainer/, /next/].findIndex((pattern) => pattern.test(process.argv[1] ?? ""));
if (process.env.TANDEM_BENCH_DELAYS && isMainThread && name !== -1) {
  const file = path.join(process.env.TANDEM_BENCH_DELAYS, `${["worker", "trainer", "web"][name]}-${process.pid}.jsonl`);
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  setInterval(() => {
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), maxMs: delays.max / 1e6 })}\n`);
    delays.reset();
  }, 1000).unref();
}
