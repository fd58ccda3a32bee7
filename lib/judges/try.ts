import { v7 as uuidv7 } from "uuid";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { openPurse, type Purse } from "@/lib/ledger/purse";
import { openLm } from "./ask-lm";
import type { Asker, OpenLm, Question } from "./asker";
import { cannotSee, loadComparison, loadSubjects, questionOf, type Subject } from "./load";
import { combine } from "./pairwise";
import { bookReply, withinCaps } from "./pay";
import { findJudge } from "./queries";
import type { JudgeTrial, TryJudgeInput } from "./schema";
import { ofPair } from "./store";
import { readKey, refuseToMoveKey } from "./stored-key";

/** Somebody waits at a screen: what does not work at once is told at once. */
const patience = { maxRetries: 0, pauseMs: 0 };
/** No verdicts belong to it, so the subject comes without any. */
const noJudge = { judgeId: "00000000-0000-0000-0000-000000000000", version: 0 };

/**
 * Asks a config about one instance, in both orders, and stores nothing but what it cost. Throws `conflict` when no instance can be
 * compared, and whatever keeps the judge from being asked.
 */
export async function tryJudge(access: Access<"judge:manage">, input: TryJudgeInput): Promise<JudgeTrial> {
  const { config } = input;
  const judge: OpenLm = {
    ...{ projectId: access.projectId, ...noJudge, name: config.model, kind: "lm", config },
    apiKey: await keyFor(access, input),
  };
  const comparison = await loadComparison(access.projectId);
  const subject = await findSubject(access, input.instanceId);
  const ask = await openLm(judge, patience);
  const aspect = comparison.aspects[0]!;
  // A config that may be no version yet; the judge whose key it uses has version 0 then.
  const tried = input.judgeId === undefined ? null : { id: input.judgeId, version: 0 };
  const purse = openPurse({ projectId: access.projectId, judge: tried, runId: null });
  const orders = await Promise.all(
    [false, true].map((isSwapped) =>
      tryOrder(judge, purse, ask, questionOf(subject, comparison, { aspect, isSwapped })),
    ),
  );
  const outcome = combine(ofPair(orders[0]!.outcome), ofPair(orders[1]!.outcome));
  return {
    ...{ instanceId: subject.instanceId, outsideId: subject.outsideId, aspect: aspect.name },
    outcome: outcome.kind,
    preferred: outcome.kind === "preferred" ? outcome.preferred : null,
    costMicros: orders.reduce((sum, { costMicros }) => sum + costMicros, 0),
    orders: orders.map(({ costMicros: _, ...order }) => order),
  };
}

async function tryOrder(judge: OpenLm, purse: Purse, ask: Asker, question: Question) {
  const { signal } = new AbortController();
  const reply = await withinCaps({ judge, purse }, question, signal, async () => {
    const reply = await ask(question, signal);
    await bookReply(prisma, purse, { id: uuidv7(), purpose: "trial", type: "comparison", answers: 1, reply });
    return reply;
  });
  const { asked, outcome, rawText, inputTokens, outputTokens, latencyMs, repairs, costMicros } = reply;
  return {
    shownOrder: (question.isSwapped ? [...question.pair].reverse() : question.pair).join("-"),
    messages: asked,
    ...{ outcome, rawText, inputTokens, outputTokens, latencyMs, repairs, costMicros },
  };
}

async function keyFor(
  access: Access<"judge:manage">,
  { apiKey, judgeId, config }: TryJudgeInput,
): Promise<string | null> {
  if (apiKey !== undefined || judgeId === undefined) return apiKey ?? null;
  const stored = await findJudge(prisma, access, judgeId);
  refuseToMoveKey(stored, { config });
  return readKey(stored);
}

async function findSubject(
  { projectId, slug }: Access<"judge:manage">,
  instanceId: string | undefined,
): Promise<Subject> {
  const found = await prisma.instance.findFirst({
    where: { projectId, isLabelable: true, ...(instanceId === undefined ? { hasImages: false } : { id: instanceId }) },
    select: { id: true, hasImages: true },
    orderBy: { id: "asc" },
  });
  if (found?.hasImages) throw cannotSee(found.id);
  const [subject] = found ? await loadSubjects({ projectId, ...noJudge }, [found.id]) : [];
  if (subject) return subject;
  throw instanceId === undefined
    ? new AppError(
        "conflict",
        `Project ${slug} has no instance whose completions can be compared. Import some, then try the judge.`,
      )
    : new AppError(
        "not_found",
        `There is no instance ${instanceId} in project ${slug} whose completions can be compared.`,
      );
}
