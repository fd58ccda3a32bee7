import { AppError } from "@/lib/errors";
import type { ChatMessage, Demonstration, JudgeQuestion } from "./protocols/protocol";
import type { LmConfig, RmConfig, VerdictOutcome } from "./schema";

type Identity = { projectId: string; judgeId: string; name: string; version: number };

/** A version of a judge with what it takes to ask it. */
export type OpenJudge = OpenLm | OpenRm;
export type OpenLm = Identity & {
  kind: "lm";
  config: LmConfig;
  /** The provider's key; null when it wants none. */
  apiKey: string | null;
};
export type OpenRm = Identity & { kind: "rm"; config: RmConfig };

/** One thing that a judge is asked about an instance, in one order of presentation. */
export type Question = {
  instanceId: string;
  /** Indices of the completions, in the order shown. */
  order: readonly number[];
  /** The same as the judge reads it. */
  shown: JudgeQuestion;
  demonstrations: readonly Demonstration[];
};

/** What came back. Tokens, time and cost are sums over the question and its repairs. */
export type Reply = {
  /** The messages it was first asked with; none for a judge that reads no prompt. */
  asked: ChatMessage[];
  outcome: VerdictOutcome;
  rawText: string;
  /** What the model thought before its answer, where the provider keeps that apart. */
  thinking: string | null;
  /** The model that the provider says answered; null where it says none, and for a judge that asks no provider. */
  model: string | null;
  /** All of them; the cached ones are some of these. */
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  latencyMs: number;
  costMicros: number;
  repairs: number;
  /** The provider would not answer this question, though it answers others. */
  isRefused: boolean;
};

/** Thrown when no answer came to this question, often as it was sent. Another question, or the same one later, may get one. */
export class NoAnswer extends AppError {
  constructor(message: string) {
    super("unavailable", message);
    this.name = "NoAnswer";
  }
}

/** What replies take of a provider. */
export type Paid = Pick<Reply, "inputTokens" | "cachedInputTokens" | "outputTokens" | "costMicros">;

/** Thrown when nothing came of answers that are paid for; its cause is why no more came. */
export class PaidInVain extends Error {
  constructor(
    cause: unknown,
    readonly paid: Paid,
  ) {
    super("answers were paid for, and nothing came of them", { cause });
    this.name = "PaidInVain";
  }
}

/**
 * Puts a question to a judge. An unreadable answer is a reply; throws NoAnswer, any other AppError when the judge cannot
 * be asked at all (no valid key, no such model), and the signal's reason once that is aborted. Any of these comes in a
 * PaidInVain where an unreadable answer came before.
 */
export type Asker = (question: Question, signal: AbortSignal) => Promise<Reply>;
