import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import type { RunContext, RunHandler } from "@/lib/jobs/runs";
import { openPurse, type Purse } from "@/lib/ledger/purse";
import { NoAnswer, type OpenLm } from "../asker";
import type { Conversation } from "../converse";
import { openJudge } from "../open";
import { entryOf, paying, worstOfQuestion } from "../pay";
import { askForTags, taggerVersion, type Tags } from "../protocols/tagger";
import { isInvalid } from "../protocols/read-answer";
import type { Scope } from "../select";
import type { TagAsker } from "./ask-tags";
import { tagRunPayload, tagRunResult, type TagRunResult } from "./schema";
import { countUntagged, findUntagged, type TagSubject } from "./select";
import { storeTags } from "./store";

/** So many instances in a row without an answer mean that the model is out of reach. */
const maxUnansweredInARow = 5;
const anyKey = "0".repeat(16);

const checkpoint = tagRunResult.omit({ judge: true }).extend({ after: z.string().nullable(), total: z.int() });
type Checkpoint = z.infer<typeof checkpoint>;

type Work = {
  run: RunContext;
  judge: OpenLm;
  ask: TagAsker;
  purse: Purse;
  scope: Scope;
  at: Checkpoint;
  unansweredInARow: number;
};

/** The handler of runs of kind "tagging": asks once about each instance, and stores what can be read. */
export function tagRun(open: (judge: OpenLm) => Promise<TagAsker>): RunHandler {
  return async (run) => {
    const { judgeId, ...scope } = tagRunPayload.parse(run.payload);
    const judge = await openJudge(run.projectId, judgeId);
    if (judge.kind === "rm") throw new AppError("conflict", `Judge ${judge.name} is no language model any more.`);
    const at = await resume(run, judge, scope);
    const purse = openPurse({
      projectId: run.projectId,
      judge: { id: judgeId, version: judge.version },
      runId: run.runId,
    });
    const work: Work = { run, judge, ask: await open(judge), purse, scope, at, unansweredInARow: 0 };
    for (;;) {
      await save(work);
      const page = { after: work.at.after, limit: judge.config.concurrency };
      const subjects = await findUntagged(judge, scope, page);
      if (subjects.length === 0) return resultOf(work);
      await tagAll(work, subjects);
    }
  };
}

/** Where an earlier execution was, unless the judge has changed under it. */
async function resume({ checkpoint: stored }: RunContext, judge: OpenLm, scope: Scope): Promise<Checkpoint> {
  const before = stored === null ? null : checkpoint.parse(stored);
  if (before?.version === judge.version && before.method === taggerVersion) return before;
  const total = await countUntagged(judge, scope);
  return {
    ...{ version: judge.version, method: taggerVersion, after: null, total, tagged: 0, unreadable: 0 },
    ...{ unanswered: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 },
  };
}

/** Tags instances at once. */
async function tagAll(work: Work, subjects: TagSubject[]): Promise<void> {
  const settled = await Promise.allSettled(subjects.map((subject) => tag(work, subject)));
  const told = settled.flatMap((one) => (one.status === "fulfilled" ? (one.value ?? []) : []));
  const unreadable = told.filter(({ said }) => isInvalid(said)).length;
  const sum = (part: "inputTokens" | "outputTokens" | "costMicros") =>
    told.reduce((total, one) => total + one[part], work.at[part]);
  work.at = {
    ...{ ...work.at, after: subjects.at(-1)!.instanceId, tagged: work.at.tagged + told.length - unreadable },
    unreadable: work.at.unreadable + unreadable,
    unanswered: work.at.unanswered + subjects.length - told.length,
    ...{ inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens"), costMicros: sum("costMicros") },
  };
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}

/**
 * What is said of an instance, once that is stored; null when no answer came. Each is booked at once: near a cap the
 * others wait for what was set aside for it.
 */
async function tag(work: Work, subject: TagSubject): Promise<Conversation<Tags> | null> {
  const { judge, purse } = work;
  const { signal } = new AbortController();
  const worst = worstOfQuestion(askForTags(subject, anyKey), judge.config);
  const price = { purse, purpose: "tagging", type: null, worst } as const;
  try {
    const { reply: told, release } = await paying(price, signal, () => work.ask(subject, signal));
    work.unansweredInARow = 0;
    const tagged = isInvalid(told.said) ? [] : [{ subject, tags: told.said }];
    const entry = entryOf(told, { id: uuidv7(), purpose: "tagging", type: null });
    const entries = [{ ...entry, answers: tagged.length }];
    await throughOutage(() => storeTags(judge, tagged, { purse, entries })).finally(release);
    return told;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    work.unansweredInARow += 1;
    if (work.unansweredInARow >= maxUnansweredInARow) throw error;
    return null;
  }
}

async function save({ run, at }: Work): Promise<void> {
  const done = at.tagged + at.unreadable + at.unanswered;
  const progress = { done, total: Math.max(done, at.total), unit: "instances" };
  await throughOutage(() => run.save(prisma, { checkpoint: at, progress }));
}

function resultOf({ judge, at: { after: _, total: __, ...sums } }: Work): TagRunResult {
  return { judge: judge.name, ...sums };
}
