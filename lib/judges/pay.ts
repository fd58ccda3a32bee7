import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import type { LmEntry } from "@/lib/ledger/book";
import { openPurse, type Purse } from "@/lib/ledger/purse";
import { worstCase } from "@/lib/ledger/worst-case";
import { PaidInVain, type Asker, type OpenJudge, type Paid, type Question, type Reply } from "./asker";
import { maxRepairs } from "./protocols/repair";
import { protocolOf } from "./protocols/protocols";
import type { ChatMessage } from "./protocols/protocol";
import type { LmConfig } from "./schema";

/** Bytes of an answer that a repair quotes (4000 characters), and of what it says about it. */
const repairBytes = 3 * 4_000 + 2_000;
/** As long as the key of a request. */
const anyKey = "0".repeat(16);

/** The purse of a run; null for a reward model, which costs nothing. */
export function purseOf(judge: OpenJudge, runId: string): Purse | null {
  if (judge.kind === "rm") return null;
  const { projectId, judgeId, version } = judge;
  return openPurse({ projectId, judge: { id: judgeId, version }, runId });
}

/** Who asks, out of which purse; null for a judge that costs nothing. */
type Payer = { judge: OpenJudge; purse: Purse | null; purpose?: LmEntry["purpose"] };

/**
 * Asks a question within the caps: what it can cost at most, its repairs included, is set aside before it is sent, until
 * `release` is called once what it did cost is booked; what comes to nothing is booked here. Throws CapReached before
 * anything is sent, else as the asker does, without PaidInVain around it.
 */
export async function withinCaps(
  { judge, purse, purpose = "judging" }: Payer,
  question: Question,
  signal: AbortSignal,
  ask: Asker,
): Promise<{ reply: Reply; release: () => Promise<void> }> {
  if (judge.kind === "rm" || purse === null) return { reply: await ask(question, signal), release: async () => {} };
  const worst = worstOfQuestion(messagesOf(question, judge.config), judge.config);
  return await paying({ purse, purpose, type: question.shown.type, worst }, signal, () => ask(question, signal));
}

/** The same for whatever else a model is asked, which can cost so much at most. */
export async function paying<T>(
  { purse, purpose, type, worst }: Pick<LmEntry, "purpose" | "type"> & { purse: Purse; worst: number },
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<{ reply: T; release: () => Promise<void> }> {
  await purse.reserve(worst, signal);
  const release = () => purse.release(worst);
  try {
    return { reply: await ask(), release };
  } catch (error) {
    if (!(error instanceof PaidInVain)) {
      await release();
      throw error;
    }
    const entry = entryOf(error.paid, { id: uuidv7(), type, purpose });
    await throughOutage(() => purse.book(prisma, [{ ...entry, answers: 0 }])).finally(release);
    throw error.cause;
  }
}

/** The messages that a question is asked with, but for the key. */
export function messagesOf({ shown, demonstrations }: Question, { rubric }: LmConfig): ChatMessage[] {
  return protocolOf(shown.type).ask(shown, { rubric, demonstrations, key: anyKey });
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

/** What the ledger says about a reply. */
export function entryOf(
  { inputTokens, cachedInputTokens, outputTokens, costMicros }: Paid,
  about: Pick<LmEntry, "id" | "purpose" | "type">,
): Omit<LmEntry, "answers"> {
  return { ...about, inputTokens, cachedInputTokens, outputTokens, costMicros };
}
