import type { RunView } from "@/lib/jobs/schema";
import { api, ApiError } from "../api-client";

const retryMs = 2_000;
/** A stream that comes back within this time was not missed. */
const lateMs = 3_000;
/** Browsers open six connections to one server, for all tabs and for everything else that a page asks. */
const maxStreams = 3;
let streams = 0;

type Told = {
  /** What to say while the server does not answer. */
  unanswered: string;
  run: (run: RunView) => void;
  /** Why nothing can be told at this moment, or for good; null once it goes on. */
  problem: (error: Error | null) => void;
};

/**
 * Follows a run by its server-sent events until it has ended. The browser connects again by itself when the server
 * goes away. A hidden page does not follow, and of many runs on one page only a few have streams: the others are asked
 * every two seconds. Returns how to stop.
 */
export function followRun(path: `/api/v1/${string}`, told: Told): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  function open(): void {
    close();
    if (isOver || document.hidden) return;
    if (streams >= maxStreams) return void ask();
    streams += 1;
    source = new EventSource(`${path}/events`);
    source.addEventListener("run", (event: MessageEvent<string>) => {
      const run = JSON.parse(event.data) as RunView;
      clearTimer();
      told.problem(null);
      told.run(run);
      if (run.finishedAt !== null) stop();
    });
    source.addEventListener("error", () => {
      // Every try of the browser to come back that fails ends here, too.
      // A refusal keeps its reason from scripts, so the run is asked for it.
      if (source?.readyState === EventSource.CLOSED) void ask();
      else timer ??= setTimeout(() => told.problem(unreachable(told.unanswered)), lateMs);
    });
  }

  /** Asks once, where there is no stream to be had, and tries for one again later. */
  async function ask(): Promise<void> {
    close();
    try {
      const run = await api<RunView>("GET", path);
      if (isOver) return;
      told.problem(null);
      told.run(run);
      if (run.finishedAt !== null) return stop();
    } catch (error) {
      if (isOver) return;
      told.problem(error as Error);
      // Asking again would give the same answer.
      if (error instanceof ApiError && [401, 403, 404].includes(error.status)) return stop();
    }
    if (!isOver) timer = setTimeout(open, retryMs);
  }

  function clearTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function close(): void {
    clearTimer();
    if (source) streams -= 1;
    source?.close();
    source = undefined;
  }

  function stop(): void {
    isOver = true;
    close();
    document.removeEventListener("visibilitychange", open);
  }

  document.addEventListener("visibilitychange", open);
  open();
  return stop;
}

function unreachable(message: string): ApiError {
  return new ApiError({ code: "unreachable", status: 0, message });
}
