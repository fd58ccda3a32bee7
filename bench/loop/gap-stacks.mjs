// What held the event loop up: a profile of the main thread runs all the time, and the stacks seen in a given part of it
// are written as lines "milliseconds: where, innermost last". Costs a few per cent, and a pause whenever stacks are taken.
import { appendFileSync } from "node:fs";
import { Session } from "node:inspector";

const samplingMicros = 1000;
/** Innermost frames of a stack that are written. */
const shownFrames = 12;
/** Heaviest stacks that are written. */
const shownStacks = 6;

/** Starts profiling; the returned function writes what was sampled in the last `milliseconds` and begins anew. */
export function startProfile(file) {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.setSamplingInterval", { interval: samplingMicros });
  session.post("Profiler.start");
  return (title, milliseconds) => {
    session.post("Profiler.stop", (error, result) => {
      if (!error) appendFileSync(file, `${title}\n${stacksOf(result.profile, milliseconds).join("\n")}\n`);
    });
    session.post("Profiler.start");
  };
}

function stacksOf({ nodes, samples, timeDeltas, endTime, startTime }, milliseconds) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const stackOf = (id) => {
    const frames = [];
    for (let at = id; at !== undefined && frames.length < shownFrames; at = parents.get(at)) {
      const { functionName, url, lineNumber } = byId.get(at).callFrame;
      frames.unshift(`${functionName || "-"} ${url.split("/").slice(-3).join("/")}:${lineNumber + 1}`);
    }
    return frames.join(" > ");
  };
  const sums = new Map();
  let time = startTime;
  for (const [i, id] of samples.entries()) {
    time += timeDeltas[i];
    if (time < endTime - milliseconds * 1000) continue;
    const stack = stackOf(id);
    sums.set(stack, (sums.get(stack) ?? 0) + timeDeltas[i] / 1000);
  }
  const heaviest = [...sums].toSorted((a, b) => b[1] - a[1]).slice(0, shownStacks);
  return heaviest.map(([stack, ms]) => `  ${ms.toFixed(1)}: ${stack}`);
}
