import { parentPort } from "node:worker_threads";
import { AppError, type ErrorCode } from "@/lib/errors";
import { measureFit, type FitOptions, type FitSource, type Measured } from "./measure-fit";

export type FitRequest = {
  input: FitSource;
  options: FitOptions;
  /** One number that becomes 1 when the thread is to stop. A thread that is ended within a graph takes the process along. */
  stop: Int32Array<SharedArrayBuffer>;
};

/** What the thread says: how far it is, in parts of 1, what came out, why nothing can, or that it has stopped. */
export type FitMessage =
  | { kind: "progress"; done: number }
  | { kind: "measured"; measured: Measured }
  | { kind: "refused"; code: ErrorCode; message: string }
  | { kind: "stopped" };

class Stopped extends Error {}

parentPort!.once("message", (request: FitRequest) => void work(request));

async function work({ input, options, stop }: FitRequest): Promise<void> {
  const say = (message: FitMessage): void => parentPort!.postMessage(message);
  const onProgress = (done: number): void => {
    if (Atomics.load(stop, 0) === 1) throw new Stopped();
    say({ kind: "progress", done });
  };
  try {
    say({ kind: "measured", measured: await measureFit(input, options, onProgress) });
  } catch (error) {
    if (error instanceof Stopped) return say({ kind: "stopped" });
    // An error that is ours loses its class on the way.
    if (!(error instanceof AppError)) throw error;
    say({ kind: "refused", code: error.code, message: error.message });
  }
}
