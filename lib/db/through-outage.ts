import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseDown } from "./client";

const patienceMs = 20_000;
const pauseMs = 300;

/**
 * Repeats an action that the database does not answer until it does: a restart of PostgreSQL, which takes seconds, must
 * not lose work that is done or paid for. Gives up after 20 s with the action's error; every other error is thrown at once.
 */
export async function throughOutage<T>(action: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isDatabaseDown(error) || performance.now() > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}
