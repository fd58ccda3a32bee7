import { setTimeout as sleep } from "node:timers/promises";
import type { Access } from "@/lib/auth/access";
import { isDatabaseBusy, isDatabaseDown } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { getRun } from "./runs";
import type { RunView } from "./schema";

/** How soon a change is seen. A look is two short queries and holds no connection in between. */
const pollMs = 500;
/** Proxies and browsers give up connections on which nothing comes for long. */
const heartbeatMs = 15_000;
/** After this time whoever follows has to come again, and is let in only if they still may. */
const longestMs = 5 * 60_000;
/** How long a browser waits before it comes again. */
const retryMs = 1_000;

type Followed = { access: Access<"run:read">; runId: string; signal: AbortSignal };

/**
 * A run as server-sent events: an event `run` with the run at once and whenever it changes, and the end of the stream
 * after its final state. Outages of the database are waited out. Stops when `signal` is aborted or nobody reads any
 * more. Throws `not_found`.
 */
export async function streamRun(followed: Followed): Promise<ReadableStream<Uint8Array>> {
  const first = await getRun(followed.access, followed.runId);
  const unread = new AbortController();
  const signal = AbortSignal.any([followed.signal, unread.signal, endOfProcess()]);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      void follow({ ...followed, signal }, first, controller).then(
        () => void (unread.signal.aborted || controller.close()),
        (error: unknown) => {
          log.error({ err: error, runId: followed.runId }, "following a run failed");
          if (!unread.signal.aborted) controller.error(error);
        },
      );
    },
    cancel: () => unread.abort(),
  });
}

let ending: AbortController | undefined;

/** A web process that is to end waits for its answers, and these would let it wait for minutes. */
function endOfProcess(): AbortSignal {
  if (!ending) {
    ending = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ending?.abort());
  }
  return ending.signal;
}

async function follow(
  followed: Followed,
  first: RunView,
  controller: ReadableStreamDefaultController<Uint8Array>,
): Promise<void> {
  const { signal } = followed;
  const encoder = new TextEncoder();
  const end = performance.now() + longestMs;
  let sent = JSON.stringify(first);
  let sentAt = performance.now();
  controller.enqueue(encoder.encode(`retry: ${retryMs}\n${eventOf(sent)}`));
  for (let run: RunView | undefined = first; run?.finishedAt == null && performance.now() < end;) {
    await sleep(pollMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    // Whoever reads slowly gets the newest state, not every state.
    if ((controller.desiredSize ?? 0) <= 0) continue;
    const found = await look(followed);
    if (found === "gone" || signal.aborted) return;
    run = found;
    const json: string = run ? JSON.stringify(run) : sent;
    const isChanged = json !== sent;
    if (!isChanged && performance.now() - sentAt < heartbeatMs) continue;
    controller.enqueue(encoder.encode(isChanged ? eventOf(json) : ": nothing new\n\n"));
    sent = json;
    sentAt = performance.now();
  }
}

function eventOf(json: string): string {
  return `event: run\ndata: ${json}\n\n`;
}

/** The run as it is; undefined while the database cannot say, "gone" when it was deleted with its project. */
async function look({ access, runId }: Followed): Promise<RunView | undefined | "gone"> {
  try {
    return await getRun(access, runId);
  } catch (error) {
    if (isDatabaseDown(error) || isDatabaseBusy(error)) return undefined;
    if (error instanceof AppError && error.code === "not_found") return "gone";
    throw error;
  }
}
