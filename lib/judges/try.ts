import { v7 as uuidv7 } from "uuid";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { openPurse, type Purse } from "@/lib/ledger/purse";
import { currentSchema } from "@/lib/projects/current-schema";
import { say } from "@/lib/say";
import { openLm } from "./ask-lm";
import type { Asker, OpenLm, Question } from "./asker";
import { findDemonstrations } from "./demonstrations";
import { joinUnit } from "./join";
import { cannotSee, keyOfAsk, loadSubjects, questionOf, type Subject } from "./load";
import { entryOf, withinCaps } from "./pay";
import { planOf, type Plan } from "./plan";
import { findJudge } from "./queries";
import type { JudgeTrial, TryJudgeInput } from "./trial/schema";
import { readKey, refuseToMoveKey } from "./stored-key";
import { tellOutcome } from "./tell-outcome";
import { unitsOf, writeOrder, type Ask, type Unit } from "./units";

/** Somebody waits at a screen: what does not work at once is told at once. */
const patience = { maxRetries: 0, pauseMs: 0, maxWaitMs: 10_000 };
/** No verdicts belong to it, so the subject comes without any. */
const noJudge = { judgeId: "00000000-0000-0000-0000-000000000000", version: 0 };

type Shown = Pick<Plan, "usesReference"> & Pick<Question, "demonstrations">;

/**
 * Asks a config one question about one instance, in all orders, once each, and stores nothing but what it cost. Throws
 * `invalid` for what the task schema or the instance does not have, `conflict` when no instance can be judged, whatever
 * keeps the judge from being asked, and the signal's reason once that is aborted: nothing more is asked then.
 */
export async function tryJudge(
  access: Access<"judge:manage">,
  input: TryJudgeInput,
  signal: AbortSignal = new AbortController().signal,
): Promise<JudgeTrial> {
  const { projectId } = access;
  const config = { ...input.config, samples: 1 };
  const judge: OpenLm = {
    ...{ projectId, ...noJudge, name: config.model, kind: "lm", config },
    apiKey: await keyFor(access, input),
  };
  const plan = await planFor(access, input);
  const subject = await findSubject(access, plan, input.instanceId);
  const unit = chooseUnit(subject, plan, input);
  const ask = await openLm(judge, patience);
  // The settings may be no version yet; the judge whose key they use has version 0 then.
  const tried = input.judgeId === undefined ? null : { id: input.judgeId, version: 0 };
  const asker = { judge, ask, purse: openPurse({ projectId, judge: tried, runId: null }) };
  const { usesReference } = plan;
  const shown = { signal, usesReference, demonstrations: (await findDemonstrations(judge, plan))(subject, unit) };
  const orders: Awaited<ReturnType<typeof tryOrder>>[] = [];
  for (let next = 0; next < unit.asks.length; next += config.concurrency) {
    const asks = unit.asks.slice(next, next + config.concurrency);
    orders.push(...(await Promise.all(asks.map((one) => tryOrder(asker, { subject, unit, ask: one, ...shown })))));
  }
  const outcomes = new Map(orders.map(({ outcome }, i) => [keyOfAsk(unit, unit.asks[i]!), outcome]));
  const { outcome, payload, confidence, basis } = joinUnit(unit, (one) => outcomes.get(keyOfAsk(unit, one)))!;
  return {
    ...{ instanceId: subject.instanceId, outsideId: subject.outsideId },
    ...{ question: unit.question.id, type: unit.question.type, aspect: unit.aspect.name, target: unit.target },
    ...{ outcome, payload, confidence, basis },
    orders: orders.map((order) => ({ ...order, outcome: tellOutcome(order.outcome) })),
    preferred: payload !== null && "preferred" in payload && payload.preferred !== "tie" ? payload.preferred : null,
    costMicros: orders.reduce((sum, { costMicros }) => sum + costMicros, 0),
  };
}

async function tryOrder(
  { judge, purse, ask: asker }: { judge: OpenLm; purse: Purse; ask: Asker },
  { subject, unit, ask, signal, ...shown }: { subject: Subject; unit: Unit; ask: Ask; signal: AbortSignal } & Shown,
) {
  const question = questionOf(subject, unit, { ask, ...shown });
  const paid = await withinCaps({ judge, purse, purpose: "trial" }, question, signal, asker);
  const { asked, isRefused: _, ...reply } = paid.reply;
  const about = { id: uuidv7(), type: unit.question.type, purpose: "trial" as const };
  await purse.book(prisma, [{ ...entryOf(paid.reply, about), answers: 1 }]).finally(paid.release);
  return { target: ask.target, shownOrder: writeOrder(ask.order), messages: asked, ...reply };
}

async function planFor(
  { projectId, slug }: Access<"judge:manage">,
  { config, question }: TryJudgeInput,
): Promise<Plan> {
  const asked = await currentSchema(prisma, projectId);
  const questions = question === undefined ? config.questions : [question];
  const plan = planOf(asked, { kind: "lm", config: { ...config, questions, samples: 1 } });
  if (plan.questions.length > 0) return plan;
  const known = asked.taskSchema.questions.map(({ id }) => id).join(", ");
  throw new AppError(
    "invalid",
    say`The task schema of project ${slug} has no such question. Its questions are ${known}.`,
    {
      faults: [
        { path: question === undefined ? "config.questions" : "question", message: say`is not in the task schema` },
      ],
    },
  );
}

/** What of the instance is asked about. */
function chooseUnit(
  subject: Subject,
  plan: Plan,
  { question, aspect, completion = 0, pair = [...subject.pair] }: TryJudgeInput,
): Unit {
  const completions = subject.completions.length;
  const { outsideId } = subject;
  if (Math.max(completion, pair[1]!) >= completions) {
    throw new AppError("invalid", say`Instance ${outsideId} has ${completions} completions. Choose among them.`, {
      faults: [{ path: completion >= completions ? "completion" : "pair", message: say`must be below ${completions}` }],
    });
  }
  // The questions of its condition are in the plan, in front of it.
  const asked = plan.questions.find((one) => one.question.id === question) ?? plan.questions[0]!;
  const units = unitsOf({ instanceId: subject.instanceId, completions, pair: [pair[0]!, pair[1]!] }, plan);
  const about = aspect ?? asked.aspects[0]!.id;
  const own = units.filter((unit) => unit.question.id === asked.question.id && unit.aspect.id === about);
  const unit = own.find(({ target }) => target === String(completion)) ?? own[0];
  if (unit) return unit;
  throw new AppError("invalid", say`Question ${asked.question.id} has no aspect ${about}.`, {
    faults: [{ path: "aspect", message: say`is not one of the question's` }],
  });
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
  plan: Plan,
  instanceId: string | undefined,
): Promise<Subject> {
  const found = await prisma.instance.findFirst({
    where: { projectId, isLabelable: true, ...(instanceId === undefined ? { hasImages: false } : { id: instanceId }) },
    select: { id: true, hasImages: true },
    orderBy: { id: "asc" },
  });
  if (found?.hasImages) throw cannotSee(found.id);
  const [subject] = found ? await loadSubjects({ projectId, ...noJudge }, plan, [found.id]) : [];
  if (subject) return subject;
  throw instanceId === undefined
    ? new AppError(
        "conflict",
        say`Project ${slug} has no instance whose completions can be judged. Import some, then try the judge.`,
      )
    : new AppError(
        "not_found",
        say`There is no instance ${instanceId} in project ${slug} whose completions can be judged.`,
      );
}
