import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurn } from "./in-turn";

async function* numbers(events: string[], failAt = Infinity) {
  try {
    for (let n = 1; n <= 3; n++) {
      if (n === failAt) throw new Error(`cannot read ${n}`);
      events.push(`read ${n}`);
      yield n;
    }
  } finally {
    events.push("closed");
  }
}

test("one is made while the one before is being done", async () => {
  const events: string[] = [];
  await inTurn(numbers(events), async (n) => {
    await sleep(5);
    events.push(`did ${n}`);
  });
  expect(events).toEqual(["read 1", "read 2", "did 1", "read 3", "did 2", "closed", "did 3"]);
});

test("when making one fails, the one in hand is done before the failure is told", async () => {
  const events: string[] = [];
  const failing = inTurn(numbers(events, 2), async (n) => {
    await sleep(20);
    events.push(`did ${n}`);
  });
  await expect(failing).rejects.toThrow("cannot read 2");
  expect(events).toEqual(["read 1", "closed", "did 1"]);
});

test("when doing one fails, no more are made, and both failing tells the first", async () => {
  const events: string[] = [];
  const fail = async (n: number) => {
    await sleep(5);
    throw new Error(`cannot do ${n}`);
  };
  await expect(inTurn(numbers(events), fail)).rejects.toThrow("cannot do 1");
  expect(events).toEqual(["read 1", "read 2", "closed"]);
  await expect(inTurn(numbers([], 2), fail)).rejects.toThrow("cannot read 2");
});
