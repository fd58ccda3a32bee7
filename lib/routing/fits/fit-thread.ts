import { parentPort } from "node:worker_threads";
import { AppError, type ErrorCode } from "@/lib/errors";
import { measureFit, type FitSource, type FitOptions, type Measured } from "./measure-fit";

/** What the thread says: how far it is, in parts of 1, what came out, or why nothing can. */
export type FitMessage =
  | { kind: "progress"; done: number }
  | { kind: "measured"; measured: Measured }
  | { kind: "refused"; code: ErrorCode; message: string };

export type FitRequest = { input: FitSource; options: FitOptions };

parentPort!.once("message", (request: FitRequest) => void work(request));

async function work({ input, options }: FitRequest): Promise<void> {
  const say = (message: FitMessage): void => parentPort!.postMessage(message);
  try {
    say({ kind: "measured", measured: await measureFit(input, options, (done) => say({ kind: "progress", done })) });
  } catch (error) {
    // An error that is ours loses its class on the way.
    if (!(error instanceof AppError)) throw error;
    say({ kind: "refused", code: error.code, message: error.message });
  }
}
