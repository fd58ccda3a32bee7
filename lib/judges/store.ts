import { v7 as uuidv7 } from "uuid";
import { prisma, type Db } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";
import type { Purse } from "@/lib/ledger/purse";
import { escalate, type Answered } from "@/lib/routing/escalate";
import { lockWeight } from "@/lib/routing/policy";
import type { OpenJudge, Reply } from "./asker";
import { joinUnit } from "./join";
import { askKey, keyOfAsk, type Subject } from "./load";
import { entryOf } from "./pay";
import type { Plan } from "./plan";
import { annotatorOf } from "./queries";
import { verdictOutcome, type JudgeLabelMeta, type VerdictOutcome } from "./schema";
import { sourceOf } from "./select";
import { writeOrder, type Ask, type Unit } from "./units";

/** A batch waits this long for rows that others hold. */
const transaction = { timeout: 30_000, maxWait: 10_000 };

export type AnsweredAsk = { id: string; subject: Subject; unit: Unit; ask: Ask; reply: Reply };
export type FinishedUnit = { subject: Subject; unit: Unit };
export type Batch = { answers: AnsweredAsk[]; finished: FinishedUnit[] };
/** With what it was paid from; null for a judge that costs nothing. */
export type PaidBatch = Batch & { purse: Purse | null };

type StoredVerdict = { id: string; outcome: VerdictOutcome; costMicros: number };

/**
 * Stores replies, the labels of units that they finish and the consensus with them, or nothing at all. A question that is
 * answered already keeps its answer, and a unit its label: labels are made of the verdicts that are stored, whoever
 * stored them. What is about a text that was replaced since it was read is left out.
 */
export async function storeBatch(judge: OpenJudge, plan: Plan, { answers, finished, purse }: PaidBatch): Promise<void> {
  const { projectId } = judge;
  await prisma.$transaction(async (db) => {
    if (finished.length > 0) await lockWeight(db, projectId, "share");
    const isHere = await lockInstances(db, projectId, [...answers, ...finished]);
    const stored = await insertVerdicts(db, judge, answers.filter(isHere));
    const { labelled, unreadable } = await insertLabels(db, judge, plan, finished.filter(isHere));
    // First, as what does not stand has no say in the consensus.
    await escalate(db, projectId, { judge: annotatorOf(judge), labelled, unreadable });
    await refreshConsensus(db, projectId, labelled);
    // What is not stored was paid, too.
    const entries = answers.map(({ id, unit, reply }) =>
      entryOf(reply, { id, type: unit.question.type, purpose: "judging" }),
    );
    await purse?.book(
      db,
      entries.map((entry) => ({ ...entry, answers: stored.has(entry.id) ? 1 : 0 })),
    );
  }, transaction);
}

async function lockInstances(
  db: Db,
  projectId: string,
  about: { subject: Subject }[],
): Promise<(one: { subject: Subject }) => boolean> {
  const ids = [...new Set(about.map(({ subject }) => subject.instanceId))];
  const rows = await db.$queryRaw<{ id: string; hash: string }[]>`
    select id::text, content_hash as hash from instances
    where project_id = ${projectId}::uuid and id = any(${ids}::uuid[]) order by id for update`;
  const hashes = new Map(rows.map(({ id, hash }) => [id, hash]));
  return ({ subject }) => hashes.get(subject.instanceId) === subject.contentHash;
}

/** The ids of the verdicts that were not there. */
async function insertVerdicts(db: Db, judge: OpenJudge, answers: AnsweredAsk[]): Promise<Set<string>> {
  if (answers.length === 0) return new Set();
  const rows = answers.map(({ id, subject, unit, ask, reply }) => ({
    ...{ id, instance_id: subject.instanceId, question: unit.question.id, aspect: unit.aspect.id },
    ...{ target: ask.target, shown_order: writeOrder(ask.order), sample: ask.sample, outcome: reply.outcome },
    ...{ raw_text: reply.rawText, thinking: reply.thinking, repairs: reply.repairs, latency_ms: reply.latencyMs },
    model: reply.model,
    ...{ input_tokens: reply.inputTokens, cached_input_tokens: reply.cachedInputTokens },
    ...{ output_tokens: reply.outputTokens, cost_micros: reply.costMicros },
  }));
  const inserted = await db.$queryRaw<{ id: string }[]>`
    insert into verdicts (project_id, id, instance_id, judge_id, judge_version, question, aspect, target, shown_order, sample,
      outcome, raw_text, thinking, model, input_tokens, cached_input_tokens, output_tokens, latency_ms, cost_micros, repairs)
    select ${judge.projectId}::uuid, id, instance_id, ${judge.judgeId}::uuid, ${judge.version}::int, question, aspect, target,
      shown_order, sample, outcome, raw_text, thinking, model, input_tokens, cached_input_tokens, output_tokens, latency_ms,
      cost_micros, repairs
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(id uuid, instance_id uuid, question text, aspect text,
      target text, shown_order text, sample int, outcome jsonb, raw_text text, thinking text, model text, input_tokens int,
      cached_input_tokens int, output_tokens int, latency_ms int, cost_micros bigint, repairs int)
    on conflict do nothing
    returning id::text`;
  return new Set(inserted.map(({ id }) => id));
}

/** The ids of instances that got a label. An unreadable unit makes none; one that is there already stays. */
async function insertLabels(
  db: Db,
  judge: OpenJudge,
  plan: Plan,
  finished: FinishedUnit[],
): Promise<{ labelled: string[]; unreadable: Answered["unreadable"] }> {
  if (finished.length === 0) return { labelled: [], unreadable: [] };
  const stored = await readVerdicts(db, judge, finished);
  const made = finished.map(({ subject, unit }) => {
    const verdictOf = (ask: Ask) => stored.get(`${subject.instanceId} ${keyOfAsk(unit, ask)}`);
    return labelOf({ instanceId: subject.instanceId, unit, verdictOf });
  });
  const unreadable = finished.flatMap(({ subject, unit }, i) =>
    made[i] === null ? [{ instanceId: subject.instanceId, question: unit.question.id, aspect: unit.aspect.id }] : [],
  );
  const labels = made.filter((label) => label !== null);
  return { labelled: await writeLabels(db, judge, plan, labels), unreadable };
}

async function writeLabels(db: Db, judge: OpenJudge, plan: Plan, labels: object[]): Promise<string[]> {
  if (labels.length === 0) return [];
  const made = await db.$queryRaw<{ instanceId: string }[]>`
    insert into labels (project_id, id, instance_id, submission_id, question, type, aspect, target, source, annotator,
      payload, meta, rationale, shown_order, schema_version, cost_micros)
    select ${judge.projectId}::uuid, id, instance_id, submission_id, question, type, aspect, target,
      ${sourceOf(judge)}::label_source, ${annotatorOf(judge)}, payload, meta, rationale, '{}', ${plan.schemaVersion}::int, cost_micros
    from json_to_recordset(${storableJson(labels)}::json) as r(id uuid, instance_id uuid, submission_id uuid, question text,
      type label_type, aspect text, target text, payload jsonb, meta json, rationale text, cost_micros bigint)
    on conflict do nothing
    returning instance_id::text as "instanceId"`;
  return [...new Set(made.map(({ instanceId }) => instanceId))];
}

async function readVerdicts(db: Db, judge: OpenJudge, finished: FinishedUnit[]): Promise<Map<string, StoredVerdict>> {
  const { projectId, judgeId, version } = judge;
  const ids = [...new Set(finished.map(({ subject }) => subject.instanceId))];
  const rows = await db.$queryRaw<VerdictRow[]>`
    select id::text, instance_id::text as "instanceId", question, aspect, target, shown_order as "shownOrder", sample, outcome,
      cost_micros::float8 as "costMicros"
    from verdicts
    where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) and judge_id = ${judgeId}::uuid
      and judge_version = ${version}::int`;
  return new Map(
    rows.map(({ id, instanceId, outcome, costMicros, ...key }) => [
      `${instanceId} ${askKey(key)}`,
      { id, outcome: verdictOutcome.parse(outcome), costMicros },
    ]),
  );
}

type VerdictRow = {
  id: string;
  instanceId: string;
  question: string;
  aspect: string;
  target: string;
  shownOrder: string;
  sample: number;
  outcome: unknown;
  costMicros: number;
};

type Made = { instanceId: string; unit: Unit; verdictOf: (ask: Ask) => StoredVerdict | undefined };

function labelOf({ instanceId, unit, verdictOf }: Made): object | null {
  const joined = joinUnit(unit, (ask) => verdictOf(ask)?.outcome);
  if (joined === null || joined.payload === null || joined.outcome === "invalid") return null;
  const verdicts = unit.asks.flatMap((ask) => verdictOf(ask) ?? []);
  const { outcome, payload, confidence, basis, rationale } = joined;
  const meta: JudgeLabelMeta = { outcome, verdictIds: verdicts.map(({ id }) => id), confidence, basis };
  return {
    ...{ id: uuidv7(), instance_id: instanceId, submission_id: uuidv7(), payload, meta, rationale },
    ...{ question: unit.question.id, type: unit.question.type, aspect: unit.aspect.id, target: unit.target },
    cost_micros: verdicts.reduce((sum, { costMicros }) => sum + costMicros, 0),
  };
}

/** PostgreSQL stores neither NUL nor halves of surrogate pairs. */
function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "string" ? part.toWellFormed().replaceAll("\0", "\uFFFD") : part,
  );
}
