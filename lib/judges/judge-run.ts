import { setTimeout as sleep } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import type { RunContext, RunHandler } from "@/lib/jobs/runs";
import type { Purse } from "@/lib/ledger/purse";
import { NoAnswer, type Asker, type OpenJudge, type Reply } from "./asker";
import {
  loadComparison,
  answeredBy,
  loadSubjects,
  questionOf,
  verdictKey,
  type Comparison,
  type StoredVerdict,
  type Subject,
} from "./load";
import { openAsker, openJudge, type Openers } from "./open";
import { purseOf, withinCaps } from "./pay";
import { judgeRunPayload, judgeRunResult, type JudgeRunResult } from "./schema";
import { annotatorOf } from "./queries";
import { countPending, countWithImages, findPending, isStillWanted, sourceOf, type Scope } from "./select";
import { storeLabel, storeVerdict } from "./store";

const batchSize = 100;
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
  purse: Purse | null;
  comparison: Comparison;
  scope: Scope;
  /** Ends requests that are under way. */
  giveUp: AbortController;
  /** Why nothing more is to be asked; undefined while all is well. */
  stopped?: { reason: unknown };
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
    const judge = await openJudge(run.projectId, judgeId);
    const comparison = answeredBy(judge, await loadComparison(run.projectId));
    const pending = await countPending(judge, scope, comparison);
    // What a killed worker did in its last moments is not in its checkpoint, but it is pending no more.
    const before = checkpoint.parse(run.checkpoint ?? { done: 0, total: 0 });
    const done = Math.max(before.done, before.total - pending);
    const total = done + pending;
    const finished = new AbortController();
    try {
      const ask = await openAsker(judge, kinds, finished.signal);
      const work: Work = {
        ...{ run, judge, ask, comparison, scope, done, total, purse: purseOf(judge, run.runId) },
        giveUp: new AbortController(),
        ...{ isAnswered: false, unansweredInARow: 0, refusedInARow: 0, invalidInARow: 0 },
      };
      await judgeAll(work);
      return await resultOf(work);
    } finally {
      finished.abort();
    }
  };
}

async function judgeAll(work: Work): Promise<void> {
  await save(work);
  const subjects = pendingSubjects(work);
  const finished = new AbortController();
  const beating = beat(work, finished.signal);
  await Promise.all(Array.from({ length: concurrencyOf(work.judge) }, () => judgeInTurn(work, subjects)));
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
      const { judge, scope } = work;
      const isWanted = await throughOutage(() => isStillWanted(judge, scope, next.value.instanceId));
      if (!isWanted) work.total -= 1;
      else if (await judgeSubject(work, next.value)) work.done += 1;
    }
  } catch (error) {
    stop(work, error);
  }
}

async function* pendingSubjects({ judge, scope, comparison }: Work): AsyncGenerator<Subject> {
  for (let after: string | null = null; ;) {
    const ids = await findPending(judge, scope, { comparison, after, limit: batchSize });
    if (ids.length === 0) return;
    yield* await loadSubjects(judge, ids);
    after = ids.at(-1)!;
  }
}

/** False when a question was set aside, because no answer came to it: the instance stays pending for the next run. */
async function judgeSubject(work: Work, subject: Subject): Promise<boolean> {
  let unanswered: NoAnswer | undefined;
  for (const aspect of work.comparison.aspects) {
    try {
      await judgeAspect(work, subject, aspect);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      unanswered = error;
    }
  }
  if (unanswered) setAside(work, unanswered);
  return unanswered === undefined;
}

async function judgeAspect(work: Work, subject: Subject, aspect: Comparison["aspects"][number]): Promise<void> {
  const { judge, comparison } = work;
  const inOrder = await findVerdict(work, subject, aspect, false);
  // What one order cannot tell, the other does not mend.
  if (!inOrder || inOrder.outcome.kind === "invalid") return;
  const swapped = await findVerdict(work, subject, aspect, true);
  if (!swapped || swapped.outcome.kind === "invalid") return;
  const about = { aspect: aspect.id, comparison, verdicts: [inOrder, swapped] as [StoredVerdict, StoredVerdict] };
  await throughOutage(() => storeLabel(judge, subject, about));
}

/** Ends a run whose judge has been silent for a while; one instance with many aspects is not enough for that. */
function setAside(work: Work, error: NoAnswer): void {
  work.unansweredInARow += 1;
  if (work.unansweredInARow >= maxUnansweredInARow) throw error;
  work.lastUnanswered = error;
}

/** The verdict that is there, or else the judge's, stored at once; null when the run stops or the instance has changed. */
async function findVerdict(
  work: Work,
  subject: Subject,
  aspect: Comparison["aspects"][number],
  isSwapped: boolean,
): Promise<StoredVerdict | null> {
  const known = subject.verdicts.get(verdictKey(aspect.id, isSwapped));
  if (known) return known;
  if (work.stopped) return null;
  const question = questionOf(subject, work.comparison, { aspect, isSwapped });
  const verdictId = uuidv7();
  const { reply, stored } = await withinCaps(work, question, work.giveUp.signal, async () => {
    const reply = await work.ask(question, work.giveUp.signal);
    work.isAnswered = true;
    work.unansweredInARow = 0;
    const about = { verdictId, aspect: aspect.id, comparison: work.comparison, question, reply, purse: work.purse };
    return { reply, stored: await throughOutage(() => storeVerdict(work.judge, subject, about)) };
  });
  stopOnStreak(work, reply);
  return stored;
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
async function resultOf({ run, judge, scope, comparison, done }: Work): Promise<Prisma.InputJsonObject> {
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
        count(*) filter (where meta ->> 'outcome' = 'inconsistent')::int as inconsistent
      from labels, began
      where project_id = ${projectId}::uuid and source = ${sourceOf(judge)}::label_source and annotator = ${annotatorOf(judge)}
        and is_current and created_at >= started_at
    )
    select * from given, made`;
  const withImages = await countWithImages(judge, scope, comparison);
  return judgeRunResult.parse({ ...row, judge: judge.name, version, instances: done, withImages });
}
