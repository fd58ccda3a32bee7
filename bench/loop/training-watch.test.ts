import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Part } from "../shared/site";
import { judgeResumes, watchTrainings, type Stored } from "./training-watch";

test("a killed trainer whose next state is of a later epoch has resumed", () => {
  const seen = [stored(1), stored(2), stored(3)];
  expect(judgeResumes([killed("trainer", seen[1]!)], seen)).toEqual(counts({ trainings_resumed: 1 }));
});

test("one that comes by the stored epoch again has restarted, also where that is the first", () => {
  const late = [stored(1), stored(2), stored(2), stored(3)];
  expect(judgeResumes([killed("worker", late[1]!)], late)).toEqual(counts({ trainings_restarted: 1 }));
  const early = [stored(1), stored(1), stored(2)];
  expect(judgeResumes([killed("trainer", early[0]!)], early)).toEqual(counts({ trainings_restarted: 1 }));
});

test("a write repeated because the database was killed under it is no restart", () => {
  const seen = [stored(4), stored(4), stored(5)];
  expect(judgeResumes([killed("database", seen[0]!)], seen)).toEqual(counts({ trainings_resumed: 1 }));
});

test("each kill is judged by what follows it in its own run, and by nothing where that was the end", () => {
  const other = { ...stored(1), runId: "other" };
  const seen = [stored(1), other, stored(2), { ...stored(2), runId: "other" }, stored(3)];
  const kills = [killed("trainer", seen[0]!), killed("worker", other), killed("trainer", seen[4]!)];
  expect(judgeResumes(kills, seen)).toEqual(counts({ trainings_resumed: 2, trainings_killed_at_end: 1 }));
  expect(judgeResumes([], seen)).toEqual(counts({}));
});

test("a database that refuses is asked a few times a second, until the watch ends", async () => {
  let connections = 0;
  const refusing = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  const watch = watchTrainings(`postgres://127.0.0.1:${(refusing.address() as AddressInfo).port}/none`);
  const noted = watch.noteKill("worker");
  await sleep(600);
  expect(connections).toBeGreaterThan(1);
  expect(connections).toBeLessThan(20);
  await watch.stop();
  await noted;
  expect(watch.kills).toEqual([]);
  refusing.close();
});

let writes = 0;

function stored(epoch: number): Stored {
  return { runId: "run", epoch, write: String(++writes) };
}

function killed(part: Part, state: Stored) {
  return { part, stored: state };
}

function counts(given: Partial<ReturnType<typeof judgeResumes>>) {
  return { trainings_resumed: 0, trainings_restarted: 0, trainings_killed_at_end: 0, ...given };
}
