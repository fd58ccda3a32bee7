import { isPassing, messageOf } from "./calls";

/** Waits this many milliseconds, or until the browser says that the network is back. */
export type Wait = (ms: number) => Promise<void>;

const firstWaitMs = 500;
const longestWaitMs = 20_000;

/** How often the server itself may fail on something before the page goes on without it. */
export const patience = 3;

type Options = {
  wait: Wait;
  /** `failures` counts how often the server itself has failed on the call or was too busy, and was not just unreachable. */
  onTrouble: (message: string, failures: number) => void;
  /** Failures of the server itself after which the last one is thrown. */
  maxFailures?: number;
};

/** Repeats a call until the server answers it; passing failures are told and waited out, others thrown. */
export async function untilAnswered<T>(
  call: () => Promise<T>,
  { wait, onTrouble, maxFailures = Infinity }: Options,
): Promise<T> {
  let failures = 0;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (error.status === 429 || error.status >= 500) failures++;
      if (failures >= maxFailures) throw error;
      onTrouble(messageOf(error), failures);
      await wait(Math.max(waitMs, (error.retryAfterSeconds ?? 0) * 1000));
    }
  }
}

export const waitInBrowser: Wait = (ms) =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
