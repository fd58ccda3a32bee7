import { v7 as uuidv7 } from "uuid";
import { prisma, type Db } from "@/lib/db/client";
import { labelTarget, maxStrength, type ComparisonPayload } from "@/lib/labels/schema";
import { refreshConsensus } from "@/lib/labels/consensus";
import type { Purse } from "@/lib/ledger/purse";
import { lockWeight } from "@/lib/routing/policy";
import type { OpenJudge, Question, Reply } from "./asker";
import type { Comparison, StoredVerdict, Subject } from "./load";
import { combine, type PairOutcome, type PairVerdict } from "./pairwise";
import { bookReply } from "./pay";
import { annotatorOf } from "./queries";
import { verdictOutcome, type JudgeLabelMeta, type VerdictOutcome } from "./schema";
import { sourceOf } from "./select";

type NewVerdict = {
  verdictId: string;
  aspect: string;
  comparison: Comparison;
  question: Question;
  reply: Reply;
  purse: Purse | null;
};

/**
 * Stores a reply and books what it cost. When the same question has been answered already, that answer stays and is returned. Null when the
 * instance's text was replaced since it was read: the reply is about what is no longer there.
 */
export async function storeVerdict(
  judge: OpenJudge,
  subject: Subject,
  about: NewVerdict,
): Promise<StoredVerdict | null> {
  return await prisma.$transaction(async (db) => {
    const stored = await insertVerdict(db, judge, subject, about);
    const { verdictId: id, purse, reply } = about;
    // What cost something and is not stored was paid, too.
    await bookReply(db, purse, {
      id,
      purpose: "judging",
      type: "comparison",
      answers: stored?.id === id ? 1 : 0,
      reply,
    });
    return stored;
  });
}

async function insertVerdict(
  db: Db,
  judge: OpenJudge,
  subject: Subject,
  about: NewVerdict,
): Promise<StoredVerdict | null> {
  const { projectId, judgeId, version } = judge;
  const { instanceId } = subject;
  const { reply, aspect } = about;
  const target = subject.pair.join("-");
  const shownOrder = about.question.isSwapped ? [...subject.pair].reverse().join("-") : target;
  const outcome = JSON.stringify(reply.outcome, (_, value: unknown) =>
    typeof value === "string" ? storable(value) : value,
  );
  const [inserted] = await db.$queryRaw<{ id: string }[]>`
    with here as (
      select from instances where project_id = ${projectId}::uuid and id = ${instanceId}::uuid and content_hash = ${subject.contentHash}
      for share
    )
    insert into verdicts (project_id, id, instance_id, judge_id, judge_version, question, aspect, target, shown_order, sample,
      outcome, raw_text, input_tokens, output_tokens, latency_ms, cost_micros, repairs)
    select ${projectId}::uuid, ${about.verdictId}::uuid, ${instanceId}::uuid, ${judgeId}::uuid, ${version}::int, ${about.comparison.question}, ${aspect}, ${target}, ${shownOrder}, 0,
      ${outcome}::jsonb, ${storable(reply.rawText)}, ${reply.inputTokens}::int, ${reply.outputTokens}::int,
      ${reply.latencyMs}::int, ${reply.costMicros}::bigint, ${reply.repairs}::int
    from here
    on conflict (project_id, instance_id, judge_id, judge_version, question, aspect, target, shown_order, sample) do nothing
    returning id::text`;
  if (inserted) return { id: inserted.id, outcome: reply.outcome, costMicros: reply.costMicros };
  const stored = await db.verdict.findFirst({
    where: { projectId, instanceId, judgeId, judgeVersion: version, aspect, target, shownOrder, sample: 0 },
  });
  if (!stored) return null;
  return { id: stored.id, outcome: verdictOutcome.parse(stored.outcome), costMicros: Number(stored.costMicros) };
}

/**
 * Makes the label of both orders' verdicts, and the consensus with it. An unreadable verdict makes none; one that is
 * there already stays.
 */
export async function storeLabel(
  judge: OpenJudge,
  subject: Subject,
  about: { aspect: string; comparison: Comparison; verdicts: [StoredVerdict, StoredVerdict] },
): Promise<void> {
  const { projectId } = judge;
  const { instanceId, pair } = subject;
  const { verdicts, comparison } = about;
  const [inOrder, swapped] = verdicts;
  const outcome = combine(ofPair(inOrder.outcome), ofPair(swapped.outcome));
  if (outcome.kind === "invalid") return;
  const payload = payloadOf(outcome, pair, comparison);
  const meta: JudgeLabelMeta = {
    ...{ outcome: outcome.kind, verdictIds: verdicts.map(({ id }) => id) },
    ...{ confidence: outcome.kind === "inconsistent" ? 0.5 : 1, basis: "orders" },
  };
  await prisma.$transaction(async (db) => {
    await lockWeight(db, projectId, "share");
    await db.$queryRaw`select from instances where project_id = ${projectId}::uuid and id = ${instanceId}::uuid for update`;
    // Verdicts go when their instance's text is replaced.
    if ((await db.verdict.count({ where: { projectId, id: { in: meta.verdictIds } } })) < 2) return;
    const { count } = await db.label.createMany({
      data: [
        {
          ...{ projectId, instanceId, submissionId: uuidv7(), question: comparison.question, type: "comparison" },
          ...{ aspect: about.aspect, target: labelTarget("comparison", payload), payload, meta },
          ...{ source: sourceOf(judge), annotator: annotatorOf(judge) },
          rationale:
            outcome.kind === "inconsistent" || inOrder.outcome.kind === "invalid" ? null : inOrder.outcome.reasoning,
          // It was asked in both orders.
          shownOrder: [],
          schemaVersion: comparison.schemaVersion,
          costMicros: inOrder.costMicros + swapped.costMicros,
        },
      ],
      skipDuplicates: true,
    });
    if (count > 0) await refreshConsensus(db, projectId, [instanceId]);
  });
}

function payloadOf(
  outcome: Exclude<PairOutcome, { kind: "invalid" }>,
  pair: [number, number],
  { scale }: Comparison,
): ComparisonPayload {
  const { preferred, strength } = outcome.kind === "preferred" ? outcome : { preferred: "tie" as const, strength: 0 };
  return { pair, preferred, bothBad: false, strength: Math.min(strength, maxStrength(scale)), scale };
}

/** What is no answer about a pair cannot be combined as one. */
export function ofPair(outcome: VerdictOutcome): PairVerdict {
  const { kind } = outcome;
  return kind === "preferred" || kind === "tie" || kind === "invalid" ? outcome : { kind: "invalid", problem: kind };
}

/** PostgreSQL stores neither NUL nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
