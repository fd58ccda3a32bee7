import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Part } from "../shared/site";

const pollMs = 150;

/** The stored state of a live training as it was seen: `write` is another one each time the row is written. */
export type Stored = { runId: string; epoch: number; write: string };

/** What was stored of the live trainings when a part had just been killed. */
export type Killed = { part: Part; stored: Stored };

export type TrainingWatch = {
  /** What was seen of each write, in order. */
  seen: Stored[];
  kills: Killed[];
  /** The training that the last look found to have stored an epoch since the look before; null when there was none. */
  learning: () => Stored | null;
  /** To be called right after a kill, before what was killed can have gone on. */
  noteKill: (part: Part) => Promise<void>;
  stop: () => Promise<void>;
};

/** Looks at the stored states of trainings all the time, from outside: by SQL alone, through outages of the database. */
export function watchTrainings(databaseUrl: string): TrainingWatch {
  const seen: Stored[] = [];
  const kills: Killed[] = [];
  let learning: Stored | null = null;
  let isStopped = false;
  let client: pg.Client | undefined;
  const look = async (): Promise<Stored[] | null> => {
    try {
      client ??= await connected(databaseUrl);
      const { rows } = await client.query<Stored>(
        `select run_id as "runId", epoch, c.xmin::text as write from training_checkpoints c
           join runs r on r.project_id = c.project_id and r.id = c.run_id and r.finished_at is null`,
      );
      return rows;
    } catch {
      await client?.end().catch(() => {});
      client = undefined;
      return null;
    }
  };
  const note = (rows: readonly Stored[]) => {
    const written = rows.filter((row) => !seen.some(({ runId, write }) => runId === row.runId && write === row.write));
    seen.push(...written);
    learning = written[0] ?? null;
  };
  // One look at a time, as a client answers one query after the other and is replaced when it fails.
  let last: Promise<unknown> = Promise.resolve();
  const lookInTurn = (): Promise<Stored[] | null> => {
    const next = last.then(look);
    last = next;
    return next;
  };
  const loop = (async () => {
    for (; !isStopped; await sleep(pollMs)) note((await lookInTurn()) ?? []);
  })();
  return {
    seen,
    kills,
    learning: () => learning,
    async noteKill(part) {
      if (part === "web 1" || part === "web 2") return;
      let rows = await lookInTurn();
      for (; !rows && !isStopped; rows = await lookInTurn()) await sleep(pollMs);
      if (!rows) return;
      note(rows);
      kills.push(...rows.map((stored) => ({ part, stored })));
    },
    async stop() {
      isStopped = true;
      await loop;
      await client?.end().catch(() => {});
    },
  };
}

/**
 * What became of the trainings that were killed, or whose worker or database was, with a state stored: resumed where the
 * next state they stored was of a later epoch, restarted where they came by the stored epoch again. A state is never
 * replaced by one of an earlier epoch, so a training that starts at the first shows by writing the stored epoch once
 * more. A trainer lives through a kill of the database and may repeat the write that was in hand. Where none followed,
 * the training was in its last epoch.
 */
export function judgeResumes(kills: readonly Killed[], seen: readonly Stored[]) {
  const counts = { trainings_resumed: 0, trainings_restarted: 0, trainings_killed_at_end: 0 };
  for (const { part, stored } of kills) {
    const writes = seen.filter(({ runId }) => runId === stored.runId);
    const later = writes.slice(writes.findIndex(({ write }) => write === stored.write) + 1);
    const isRepeated = part === "database" && later[0]?.epoch === stored.epoch;
    const next = later[isRepeated ? 1 : 0];
    if (!next) counts.trainings_killed_at_end++;
    else if (next.epoch > stored.epoch) counts.trainings_resumed++;
    else counts.trainings_restarted++;
  }
  return counts;
}

async function connected(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2000 });
  // A client whose server dies says so by an event, too, which would end this process.
  client.on("error", () => {});
  await client.connect();
  return client;
}
