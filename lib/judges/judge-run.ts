import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import type { RunContext, RunHandler } from "@/lib/jobs/runs";
import type { Purse } from "@/lib/ledger/purse";
import { NoAnswer, type Asker, type OpenJudge, type Question, type Reply } from "./asker";
import { openDemonstrations, type Demonstrate } from "./demonstrations";
import { followWords } from "./follow-words";
import { isSpoiled } from "./join";
import { keyOfAsk, keyOfUnit, loadSubjects, questionOf, type Subject } from "./load";
import { openAsker, openJudge, type Openers } from "./open";
import { purseOf, withinCaps } from "./pay";
import { conditionsOf, loadPlan, requireQuestions, type Plan } from "./plan";
import { annotatorOf } from "./queries";
import { type VerdictOutcome } from "./schema";
import { judgeRunPayload, judgeRunResult, type JudgeRunResult } from "./runs/schema";
import {
  countPending,
  countWithImages,
  findPending,
  findStillWanted,
  meetsConditions,
  sourceOf,
  type Scope,
} from "./select";
import { storeBatch, type Batch } from "./store";
import { unitsOf, type Ask, type Unit } from "./units";
import { openWriter, type VerdictWriter } from "./verdict-writer";

const pageSize = 100;
/** For so long a page of instances is taken to be routed as it was. */
const routesMs = 250;
/** How often progress is recorded, which is also how soon a cancellation is noticed. */
const beatMs = 1_000;
/** What is asked when a run is to stop may still be answered for so long: the answer is paid for. */
const lastAnswersMs = 3_000;
/** A reward model answers from this process: enough to keep its thread busy while verdicts are stored. */
const rmConcurrency = 8;
/** So many in a row mean that the judge, not the question, is at fault. */
const maxRefusedInARow = 5;
const maxUnansweredInARow = 5;
const maxInvalidInARow = 20;

const checkpoint = z.object({ done: z.int(), total: z.int() });

/** One execution of a run. */
type Work = {
  run: RunContext;
  judge: OpenJudge;
  ask: Asker;
  plan: Plan;
  demonstrate: Demonstrate;
  scope: Scope;
  writer: VerdictWriter;
  /** Null for a judge that costs nothing. */
  purse: Purse | null;
  /** Ends requests that are under way. */
  giveUp: AbortController;
  /** Why nothing more is to be asked; undefined while all is well. */
  stopped?: { reason: unknown };
  /** Instances all of whose answers are stored. */
  done: number;
  total: number;
  /** Whether the judge has answered anything. */
  isAnswered: boolean;
  /** Instances in a row of which a question was set aside, as no answer came to it. */
  unansweredInARow: number;
  lastUnanswered?: NoAnswer;
  refusedInARow: number;
  invalidInARow: number;
};

/** The handler of runs of kind "judge", which asks judges of these kinds. */
export function judgeRun(kinds: Openers): RunHandler {
  return async (run) => {
    const { judgeId, ...scope } = judgeRunPayload.parse(run.payload);
    await followWords(run.projectId, judgeId);
    const judge = await openJudge(run.projectId, judgeId);
    const plan = await loadPlan(run.projectId, judge);
    requireQuestions(judge.name, judge, plan);
    const pending = await countPending(judge, scope, plan);
    // What a killed worker did in its last moments is not in its checkpoint, but it is pending no more.
    const before = checkpoint.parse(run.checkpoint ?? { done: 0, total: 0 });
    const done = Math.max(before.done, before.total - pending);
    const total = done + pending;
    const finished = new AbortController();
    const purse = purseOf(judge, run.runId);
    try {
      const demonstrate = await openDemonstrations(judge, plan);
      const ask = await openAsker(judge, kinds, finished.signal);
      const store = (batch: Batch) => throughOutage(() => storeBatch(judge, plan, { ...batch, purse }));
      const work: Work = {
        ...{ run, judge, ask, plan, demonstrate, scope, done, total, purse },
        writer: openWriter(store, (error) => stop(work, error)),
        giveUp: new AbortController(),
        ...{ isAnswered: false, unansweredInARow: 0, refusedInARow: 0, invalidInARow: 0 },
      };
      await judgeAll(work);
      return await resultOf(work);
    } finally {
      finished.abort();
      await purse?.close();
    }
  };
}

async function judgeAll(work: Work): Promise<void> {
  await save(work);
  const subjects = pendingSubjects(work);
  const finished = new AbortController();
  const beating = beat(work, finished.signal);
  await Promise.all(Array.from({ length: concurrencyOf(work.judge) }, () => judgeInTurn(work, subjects)));
  // Whatever stopped the run, what was answered is paid for.
  await work.writer.flush().catch((error: unknown) => stop(work, error));
  finished.abort();
  await beating;
  if (work.stopped) throw work.stopped.reason;
  await save(work);
  // A judge that is out of reach has not succeeded, though few instances are too few in a row.
  if (!work.isAnswered && work.lastUnanswered) throw work.lastUnanswered;
}

function concurrencyOf(judge: OpenJudge): number {
  return judge.kind === "lm" ? judge.config.concurrency : rmConcurrency;
}

/** One of several that take instances from the same source, each asking one question at a time. */
async function judgeInTurn(work: Work, subjects: AsyncGenerator<Subject>): Promise<void> {
  try {
    while (!work.stopped) {
      const next = await subjects.next();
      if (next.done) return;
      await judgeSubject(work, next.value);
    }
  } catch (error) {
    stop(work, error);
  }
}

/** What is to be judged, page by page, without what has been routed to people since its page was read. */
async function* pendingSubjects(work: Work): AsyncGenerator<Subject> {
  const { judge, scope, plan } = work;
  for (let after: string | null = null; ;) {
    const ids = await findPending(judge, scope, { plan, after, limit: pageSize });
    if (ids.length === 0) return;
    let wanted = new Set(ids);
    let readAt = performance.now();
    for (const subject of await loadSubjects(judge, plan, ids)) {
      if (performance.now() - readAt > routesMs) {
        wanted = await throughOutage(() => findStillWanted(judge, scope, ids));
        readAt = performance.now();
      }
      if (wanted.has(subject.instanceId)) yield subject;
      else work.total -= 1;
    }
    after = ids.at(-1)!;
  }
}

/** An instance of which a question was set aside, as no answer came to it, stays pending for the next run. */
async function judgeSubject(work: Work, subject: Subject): Promise<void> {
  const { plan, writer } = work;
  let unanswered: NoAnswer | undefined;
  const isMet = whetherAsked(work, subject);
  for (const unit of unitsOf({ ...subject, completions: subject.completions.length }, plan)) {
    if (subject.labelled.has(keyOfUnit(unit)) || !(await isMet(unit))) continue;
    try {
      await judgeUnit(work, subject, unit);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      unanswered = error;
    }
  }
  if (unanswered) setAside(work, unanswered);
  else if (!work.stopped) writer.whenStored(() => (work.done += 1));
}

/** Whether the judge's own answers about the instance, which come before, let a unit be asked; looked up once a question. */
function whetherAsked({ judge, plan, writer }: Work, { instanceId }: Subject): (unit: Unit) => Promise<boolean> {
  const known = new Map<string, boolean>();
  return async ({ question }) => {
    const conditions = conditionsOf(question, plan);
    if (conditions.length === 0) return true;
    if (!known.has(question.id)) {
      await writer.flush();
      known.set(question.id, await throughOutage(() => meetsConditions(judge, instanceId, conditions)));
    }
    return known.get(question.id)!;
  };
}

async function judgeUnit(work: Work, subject: Subject, unit: Unit): Promise<void> {
  const unreadable = new Set<number>();
  for (const ask of unit.asks) {
    // What one order cannot tell, the other does not mend.
    if (unreadable.has(ask.sample)) continue;
    const outcome = subject.verdicts.get(keyOfAsk(unit, ask)) ?? (await answer(work, subject, { unit, ask }));
    if (outcome === null) return;
    if (outcome.kind === "invalid") unreadable.add(ask.sample);
    // No label comes of it, which is an end as well.
    if (isSpoiled(unreadable.size, work.plan.samples)) break;
  }
  work.writer.finish({ subject, unit });
}

/** Ends a run whose judge has been silent for a while; one instance with many aspects is not enough for that. */
function setAside(work: Work, error: NoAnswer): void {
  work.unansweredInARow += 1;
  if (work.unansweredInARow >= maxUnansweredInARow) throw error;
  work.lastUnanswered = error;
}

/** What the judge answers, on its way into the database; null when the run stops. */
async function answer(
  work: Work,
  subject: Subject,
  { unit, ask }: { unit: Unit; ask: Ask },
): Promise<VerdictOutcome | null> {
  await work.writer.ready();
  if (work.stopped) return null;
  const { usesReference } = work.plan;
  const demonstrations = work.demonstrate(subject, unit);
  const { reply, release } = await send(work, questionOf(subject, unit, { ask, usesReference, demonstrations }));
  work.isAnswered = true;
  work.unansweredInARow = 0;
  work.writer.add({ id: uuidv7(), subject, unit, ask, reply });
  // Until then what it can cost at most counts as spent.
  work.writer.whenStored(() => void release().catch((error: unknown) => stop(work, error)));
  stopOnStreak(work, reply);
  return reply.outcome;
}

/** Asks the judge: the one place where a run spends money. */
async function send(
  { judge, purse, ask, giveUp }: Work,
  question: Question,
): Promise<{ reply: Reply; release: () => Promise<void> }> {
  return await withinCaps({ judge, purse }, question, giveUp.signal, ask);
}

/** Ends a run whose judge has given nothing but useless answers for a while. */
function stopOnStreak(work: Work, { outcome, isRefused }: Reply): void {
  work.invalidInARow = outcome.kind === "invalid" ? work.invalidInARow + 1 : 0;
  work.refusedInARow = isRefused ? work.refusedInARow + 1 : 0;
  if (outcome.kind !== "invalid") return;
  const advice = `The last one: ${outcome.problem}. Look at its invalid answers, and change its model or settings.`;
  if (work.refusedInARow >= maxRefusedInARow) {
    throw new AppError(
      "invalid",
      `Judge ${work.judge.name} got no answer to ${work.refusedInARow} questions in a row. ${advice}`,
    );
  }
  if (work.invalidInARow >= maxInvalidInARow) {
    throw new AppError(
      "invalid",
      `${work.invalidInARow} answers of judge ${work.judge.name} in a row could not be read. ${advice}`,
    );
  }
}

/** Lets no more questions begin, and ends those under way when they take too long. */
function stop(work: Work, reason: unknown): void {
  if (work.stopped) return;
  work.stopped = { reason };
  setTimeout(() => work.giveUp.abort(reason), lastAnswersMs).unref();
}

async function beat(work: Work, finished: AbortSignal): Promise<void> {
  while (!finished.aborted && !work.stopped) {
    await sleep(beatMs, undefined, { signal: finished }).catch(() => {});
    if (finished.aborted) return;
    await save(work).catch((error: unknown) => stop(work, error));
  }
}

async function save({ run, done, total }: Work): Promise<void> {
  const progress = { done, total: Math.max(done, total), unit: "instances" };
  await throughOutage(() => run.save(prisma, { checkpoint: { done, total }, progress }));
}

/** What came of the run, whoever did parts of it: judging runs of a project take turns, so what is newer than the run is its own. */
async function resultOf({ run, judge, scope, plan, done }: Work): Promise<Prisma.InputJsonObject> {
  const { projectId, judgeId, version } = judge;
  const [row] = await prisma.$queryRaw<[Omit<JudgeRunResult, "judge" | "version" | "instances" | "withImages">]>`
    with began as (select started_at from runs where project_id = ${projectId}::uuid and id = ${run.runId}::uuid),
    given as (
      select count(*)::int as verdicts, count(*) filter (where outcome ->> 'kind' = 'invalid')::int as invalid,
        coalesce(sum(input_tokens), 0)::float8 as "inputTokens", coalesce(sum(output_tokens), 0)::float8 as "outputTokens",
        coalesce(sum(cost_micros), 0)::float8 as "costMicros"
      from verdicts, began
      where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int and created_at >= started_at
    ), made as (
      select count(*)::int as labels, count(*) filter (where meta ->> 'outcome' = 'preferred')::int as preferred,
        count(*) filter (where meta ->> 'outcome' = 'tie')::int as tie,
        count(*) filter (where meta ->> 'outcome' = 'inconsistent')::int as inconsistent,
        count(*) filter (where meta ->> 'outcome' = 'answered')::int as answered
      from labels, began
      where project_id = ${projectId}::uuid and source = ${sourceOf(judge)}::label_source and annotator = ${annotatorOf(judge)}
        and is_current and created_at >= started_at
    )
    select * from given, made`;
  const withImages = await countWithImages(judge, scope, plan);
  return judgeRunResult.parse({ ...row, judge: judge.name, version, instances: done, withImages });
}
