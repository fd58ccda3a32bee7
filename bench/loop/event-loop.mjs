// Loaded into each process of the measured site: writes once a second how long its event loop was held up at most, by
// the clock and by the processor time that the loop's own thread used meanwhile. On a busy machine a loop is also held up
// because others have the processor; only the second figure is its own doing.
//   NODE_OPTIONS="--import .../event-loop.mjs" TANDEM_BENCH_DELAYS=FOLDER
// With TANDEM_BENCH_STACKS=FOLDER it also writes there what ran in each hold-up of its own above 40 ms, which costs time
// itself: for finding causes, not for figures.
import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { setInterval, setTimeout } from "node:timers";
import { isMainThread } from "node:worker_threads";

const tickMs = 5;
const name = [/workers\/main/, /workers\/trainer/, /next/].findIndex((pattern) => pattern.test(process.argv[1] ?? ""));
if (process.env.TANDEM_BENCH_DELAYS && isMainThread && name !== -1) {
  const file = path.join(process.env.TANDEM_BENCH_DELAYS, `${["worker", "trainer", "web"][name]}-${process.pid}.jsonl`);
  const takeStacks = await stackTaker(path.basename(file, ".jsonl"));
  let most = { wallMs: 0, ownMs: 0 };
  let last = now();
  const tick = () => {
    let next = now();
    most = {
      wallMs: Math.max(most.wallMs, next.wallMs - last.wallMs - tickMs),
      ownMs: Math.max(most.ownMs, next.ownMs - last.ownMs),
    };
    if (takeStacks && next.ownMs - last.ownMs > 40) {
      takeStacks(next.ownMs - last.ownMs, next.wallMs - last.wallMs);
      next = now();
    }
    last = next;
    setTimeout(tick, tickMs).unref();
  };
  tick();
  setInterval(() => {
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...most })}\n`);
    most = { wallMs: 0, ownMs: 0 };
  }, 1000).unref();
}

/** Milliseconds of the clock, and of processor time of the main thread (the first number of its schedstat, in ns). */
function now() {
  const [onCpu] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
  return { wallMs: performance.now(), ownMs: Number(onCpu) / 1e6 };
}

/** Undefined unless stacks are asked for. */
async function stackTaker(name) {
  const folder = process.env.TANDEM_BENCH_STACKS;
  if (!folder) return undefined;
  const { startProfile } = await import("./gap-stacks.mjs");
  const take = startProfile(path.join(folder, `${name}.txt`));
  return (ownMs, wallMs) =>
    take(
      `${new Date().toISOString()} after ${Math.round(process.uptime())} s: ${Math.round(ownMs)} ms of its own, ${Math.round(wallMs)} by the clock`,
      wallMs,
    );
}
