import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { say } from "@/lib/say";
import { wordMoney } from "@/lib/text/money";
import { bookAnswers, type AskedJudge, type LmEntry } from "./book";
import { readLimits } from "./limits";
import type { CapPeriod, LimitView } from "./schema";
import { together } from "./together";

/** After so long without a sign of its process a hold no longer counts. */
const holdSeconds = 120;
const renewMs = 30_000;
/** Pauses while others have requests under way that may cost all that is left: at first, and at most. */
const pauseMs = { least: 50, most: 250 };

/** Thrown when a request could cost more than a cap leaves. */
export class CapReached extends AppError {
  constructor(message: string) {
    super("conflict", message);
    this.name = "CapReached";
  }
}

/** Pays for the requests of one run or one try-out within the caps. */
export type Purse = {
  /**
   * Sets aside what a question can cost at most, before it is asked. Waits while requests under way may use up what a
   * cap leaves; throws CapReached when it is not enough even without them, and the signal's reason once that is aborted.
   * What costs nothing is under no cap.
   */
  reserve(worstCaseMicros: number, signal?: AbortSignal): Promise<void>;
  /** Gives back what was set aside, after what was really paid is booked. */
  release(worstCaseMicros: number): Promise<void>;
  /** Gives back all that is still set aside; nothing is reserved after it. */
  close(): Promise<void>;
  /** Enters what was paid, in the caller's transaction. Call it last there. */
  book(db: Db, entries: LmEntry[]): Promise<void>;
};

/**
 * Opens a purse. What it sets aside counts for all processes, as long as this one lives. A statement for each question
 * took a third of a worker's CPU, and they all wait for one row: what is wanted meanwhile is set aside, and given back,
 * together.
 */
export function openPurse(asked: AskedJudge): Purse {
  const id = uuidv7();
  let held = 0;
  let renewal: NodeJS.Timeout | undefined;
  const keep = (change: number) => {
    held += change;
    if (held > 0) renewal ??= setInterval(() => void renew(asked.projectId, id), renewMs).unref();
    else {
      clearInterval(renewal);
      renewal = undefined;
    }
  };
  const tryOne = (micros: number) => throughOutage(() => tryToHold(asked, id, micros));
  const tryTogether = together(tryOne);
  const returnTogether = together(async (micros) => {
    await throughOutage(() => giveBack(asked.projectId, id, micros));
    if (held === 0) await throughOutage(() => sweepHolds(prisma, asked.projectId));
  });
  return {
    async reserve(micros, signal) {
      if (micros === 0) return;
      for (let pause = pauseMs.least; ; pause = Math.min(2 * pause, pauseMs.most)) {
        // Where a cap leaves too little for all of them, it may be enough for this one.
        const full = (await tryTogether(micros)) && (await tryOne(micros));
        if (full === null) return keep(micros);
        if (full.spentMicros + micros > full.capMicros) throw await stopAt(full, asked, micros);
        await sleep(pause, undefined, { signal }).catch((error: unknown) => {
          throw signal?.aborted ? signal.reason : error;
        });
      }
    },
    async release(micros) {
      if (micros === 0) return;
      keep(-micros);
      await returnTogether(micros);
    },
    async close() {
      keep(-held);
      await throughOutage(() => prisma.spendingHold.deleteMany({ where: { projectId: asked.projectId, id } }));
    },
    book: (db, entries) => bookAnswers(db, asked, entries),
  };
}

/**
 * Holds an amount, unless some cap leaves less: then the cap, the one that stays full longest. Where there are caps, one
 * after the other in a project, so that no two take the same rest.
 */
async function tryToHold(asked: AskedJudge, id: string, micros: number): Promise<LimitView | null> {
  const { projectId, judge } = asked;
  const noCaps = Prisma.sql`not exists (select from spending_caps where project_id = ${projectId}::uuid)`;
  if ((await hold(prisma, asked, { id, micros, where: noCaps })) > 0) return null;
  return await prisma.$transaction(async (db) => {
    await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('spending ' || ${projectId}::text, 0))`;
    await sweepHolds(db, projectId);
    const limits = await readLimits(projectId, judge?.id ?? null, db);
    const full = limits.filter((limit) => limit.spentMicros + limit.heldMicros + micros > limit.capMicros);
    if (full.length > 0) return longest(full, micros);
    await hold(db, asked, { id, micros, where: Prisma.sql`true` });
    return null;
  });
}

async function hold(
  db: Db,
  { projectId, judge }: AskedJudge,
  { id, micros, where }: { id: string; micros: number; where: Prisma.Sql },
): Promise<number> {
  return await db.$executeRaw`
    insert into spending_holds as h (project_id, id, judge_id, micros, expires_at)
    select ${projectId}::uuid, ${id}::uuid, ${judge?.id ?? null}::uuid, ${micros}::bigint, clock_timestamp() + make_interval(secs => ${holdSeconds})
    where ${where}
    on conflict (project_id, id) do update set micros = h.micros + excluded.micros, expires_at = excluded.expires_at`;
}

async function giveBack(projectId: string, id: string, micros: number): Promise<void> {
  await prisma.$executeRaw`
    update spending_holds set micros = greatest(0, micros - ${micros}::bigint) where project_id = ${projectId}::uuid and id = ${id}::uuid`;
}

/** Removes the holds of processes that are gone, and those that hold nothing. */
async function sweepHolds(db: Db, projectId: string): Promise<void> {
  await db.$executeRaw`
    delete from spending_holds where project_id = ${projectId}::uuid and (micros = 0 or expires_at < clock_timestamp())`;
}

const lengthOf: Record<CapPeriod, number> = { day: 1, month: 2, total: 3 };

/** Those that requests under way fill up come last. */
function longest(full: LimitView[], micros: number): LimitView {
  const rank = ({ period, spentMicros, capMicros }: LimitView) =>
    lengthOf[period] + (spentMicros + micros > capMicros ? lengthOf.total : 0);
  return full.reduce((one, other) => (rank(other) > rank(one) ? other : one));
}

async function renew(projectId: string, id: string): Promise<void> {
  await prisma.$executeRaw`
    update spending_holds set expires_at = clock_timestamp() + make_interval(secs => ${holdSeconds})
    where project_id = ${projectId}::uuid and id = ${id}::uuid`.catch((error: unknown) =>
    log.warn({ err: error }, "what requests under way may cost could not be held on to; trying again"),
  );
}

/** Notes by which cap the run ends, so that it is known when its judge may go on. */
async function stopAt(full: LimitView, { projectId, judge, runId }: AskedJudge, micros: number): Promise<CapReached> {
  const { currency } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { currency: true } });
  const named = judge && (await prisma.judge.findUnique({ where: { projectId_id: { projectId, id: judge.id } } }));
  if (runId !== null) {
    await throughOutage(
      () => prisma.$executeRaw`
        insert into cap_stops (project_id, run_id, until) values (${projectId}::uuid, ${runId}::uuid, ${full.endsAt}::timestamptz)
        on conflict (project_id, run_id) do update set until = excluded.until`,
    );
  }
  return new CapReached(wordStop(full, { who: named ? say`Judge ${named.name}` : say`The try-out`, micros, currency }));
}

/** Says which cap stops whom, how full it is and what to do. */
export function wordStop(
  { judgeId, period, capMicros, spentMicros, endsAt }: LimitView,
  { who, micros, currency }: { who: string; micros: number; currency: string },
): string {
  const money = (amount: number) => wordMoney(amount, currency);
  const [cap, spent, next] = [money(capMicros), money(spentMicros), money(micros)];
  const end = endsAt === null ? "" : wordTime(endsAt);
  const isOfAll = judgeId === null;
  switch (period) {
    case "day":
      return isOfAll
        ? say`${who} stopped at the project's cap of ${cap} a day, ${spent} spent, and the next question may cost ${next}; raise it or wait until ${end}.`
        : say`${who} stopped at the cap of ${cap} a day, ${spent} spent, and the next question may cost ${next}; raise it or wait until ${end}.`;
    case "month":
      return isOfAll
        ? say`${who} stopped at the project's cap of ${cap} a month, ${spent} spent, and the next question may cost ${next}; raise it or wait until ${end}.`
        : say`${who} stopped at the cap of ${cap} a month, ${spent} spent, and the next question may cost ${next}; raise it or wait until ${end}.`;
    case "total":
      return isOfAll
        ? say`${who} stopped at the project's cap of ${cap} in all, ${spent} spent, and the next question may cost ${next}; raise it.`
        : say`${who} stopped at the cap of ${cap} in all, ${spent} spent, and the next question may cost ${next}; raise it.`;
  }
}

function wordTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
