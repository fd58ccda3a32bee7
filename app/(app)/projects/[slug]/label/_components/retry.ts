import { isPassing, messageOf } from "./calls";

/** Waits this many milliseconds, or until the browser says that the network is back. */
export type Wait = (ms: number) => Promise<void>;

const firstWaitMs = 500;
const longestWaitMs = 20_000;

/** Repeats a call until the server answers it; passing failures are told and waited out, others thrown. */
export async function untilAnswered<T>(
  call: () => Promise<T>,
  { wait, onTrouble }: { wait: Wait; onTrouble: (message: string) => void },
): Promise<T> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      onTrouble(messageOf(error));
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
