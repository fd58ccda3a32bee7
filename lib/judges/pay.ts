import type { Db } from "@/lib/db/client";
import { worstCase } from "@/lib/ledger/worst-case";
import { openPurse, type Purse } from "@/lib/ledger/purse";
import type { LmEntry } from "@/lib/ledger/book";
import type { OpenJudge, Question, Reply } from "./asker";
import { pairwisePrompt } from "./pairwise";
import type { LmConfig } from "./schema";

const maxRepairs = 2;
/** Bytes of an answer that a repair quotes (4000 characters), and of what it says about it. */
const repairBytes = 3 * 4_000 + 2_000;
const anyKey = "0".repeat(16);

/** The purse of a run; null for a reward model, which costs nothing. */
export function purseOf(judge: OpenJudge, runId: string): Purse | null {
  if (judge.kind === "rm") return null;
  const { projectId, judgeId, version } = judge;
  return openPurse({ projectId, judge: { id: judgeId, version }, runId });
}

/**
 * Asks a question and stores what comes of it within the caps: what it can cost at most, its repairs included, is set
 * aside until what it did cost is booked. Throws CapReached before anything is sent.
 */
export async function withinCaps<T>(
  { judge, purse }: { judge: OpenJudge; purse: Purse | null },
  question: Question,
  signal: AbortSignal,
  askAndStore: () => Promise<T>,
): Promise<T> {
  if (judge.kind === "rm" || purse === null) return await askAndStore();
  const worst = worstOfQuestion(pairwisePrompt(question.shown, judge.config.rubric, anyKey), judge.config);
  await purse.reserve(worst, signal);
  try {
    return await askAndStore();
  } finally {
    await purse.release(worst);
  }
}

/**
 * The most that a question can cost. A repair repeats what was asked, then the end of the answer, and what is wrong with
 * it together with the format, which was part of what was asked.
 */
export function worstOfQuestion(asked: readonly { content: string }[], config: LmConfig): number {
  const repair = [...asked, ...asked, { content: "x".repeat(repairBytes) }];
  return (
    worstCase(asked, config.maxOutputTokens, config) + maxRepairs * worstCase(repair, config.maxOutputTokens, config)
  );
}

/** Enters what a reply cost, stored as a verdict or not. */
export async function bookReply(
  db: Db,
  purse: Purse | null,
  { reply, ...about }: Pick<LmEntry, "id" | "purpose" | "type" | "answers"> & { reply: Reply },
): Promise<void> {
  const { inputTokens, outputTokens, costMicros } = reply;
  await purse?.book(db, [{ ...about, inputTokens, cachedInputTokens: 0, outputTokens, costMicros }]);
}
