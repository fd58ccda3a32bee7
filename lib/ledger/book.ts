import { v7 as uuidv7 } from "uuid";
import type { Db } from "@/lib/db/client";
import type { LabelType } from "@/lib/db/generated/enums";
import type { Purpose } from "./schema";

/** What was paid to a provider. */
export type LmEntry = {
  /** The verdict's, or one of its own: what is booked twice under one id, as after an outage, counts once. */
  id: string;
  purpose: Exclude<Purpose, "labelling">;
  /** Of the question; null where there is none. */
  type: LabelType | null;
  /** Verdicts that were stored; 0 for what was paid in vain. */
  answers: number;
  /** All of them, cached ones too. */
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  costMicros: number;
};

/** Who was asked, and by which run. */
export type AskedJudge = {
  projectId: string;
  /** Null for a config that is not saved. */
  judge: { id: string; version: number } | null;
  runId: string | null;
};

/**
 * Enters what was paid to a provider, in the transaction that stores what came of it. Call it last there: transactions
 * that add to the same day wait for each other from here on.
 */
export async function bookAnswers(db: Db, { projectId, judge, runId }: AskedJudge, entries: LmEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.$executeRaw`
    insert into ledger (project_id, id, kind, judge_id, judge_version, run_id, purpose, type, answers,
      input_tokens, cached_input_tokens, output_tokens, cost_micros)
    select ${projectId}::uuid, id, 'lm', ${judge?.id ?? null}::uuid, ${judge?.version ?? null}::int, ${runId}::uuid, purpose, type, answers,
      "inputTokens", "cachedInputTokens", "outputTokens", "costMicros"
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r(id uuid, purpose text, type label_type, answers int,
      "inputTokens" int, "cachedInputTokens" int, "outputTokens" int, "costMicros" bigint)
    on conflict (project_id, id) do nothing`;
}

/** A submission by a person: how long it took, and the types of the labels that it made. */
export type TimedSubmission = { projectId: string; userId: string; activeMs: number; types: LabelType[] };

/** Enters the time of a submission at the price that an hour has now, in the transaction that stores its labels. */
export async function bookSubmission(db: Db, { projectId, userId, activeMs, types }: TimedSubmission): Promise<void> {
  const type = new Set(types).size === 1 ? types[0]! : null;
  await db.$executeRaw`
    insert into ledger (project_id, id, kind, user_id, purpose, type, answers, active_ms, cost_micros)
    select id, ${uuidv7()}::uuid, 'human', ${userId}::uuid, 'labelling', ${type}::label_type, ${types.length}::int, ${activeMs}::int,
      round(${activeMs}::numeric * hour_price_micros / 3600000)
    from projects where id = ${projectId}::uuid`;
}
