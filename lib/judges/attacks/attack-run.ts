import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import type { RunContext, RunHandler } from "@/lib/jobs/runs";
import type { Purse } from "@/lib/ledger/purse";
import { NoAnswer, type Asker, type OpenJudge, type Question, type Reply } from "../asker";
import { openDemonstrations, type Demonstrate } from "../demonstrations";
import { followWords } from "../follow-words";
import { openAsker, openJudge, type Openers } from "../open";
import { entryOf, purseOf, withinCaps } from "../pay";
import { loadPlan, type Plan } from "../plan";
import type { Ask } from "../units";
import { attacks, attackSet, type Attack } from "./attacks";
import { accepts, probedPlan, probeQuestion, type Probe } from "./probe";
import { attackRunPayload, attackRunResult, type AttackRunResult } from "./schema";
import { requireProbes } from "./start";
import { chooseInstances, loadProbes } from "./subjects";
import { noTallies, withProbe, type Answers } from "./tally";

/** So many questions in a row without an answer mean that the judge is out of reach. */
const maxUnansweredInARow = 5;

const checkpoint = attackRunResult.omit({ judge: true, instances: true, questions: true }).extend({
  schemaVersion: z.int(),
  /** Ids of the instances, and how many are done. */
  chosen: z.array(z.string()),
  done: z.int(),
  questions: z.int(),
  /** Of the instance after these, answer by answer as it is asked. */
  answers: z.array(z.union([z.boolean(), z.null(), z.literal("none")])),
});
type Checkpoint = z.infer<typeof checkpoint>;
type Answer = Checkpoint["answers"][number];

/** One request. */
type Shot = { probe: Probe; attack: Attack | null; ask: Ask };

type Work = {
  run: RunContext;
  judge: OpenJudge;
  ask: Asker;
  plan: Plan;
  demonstrate: Demonstrate;
  /** Null for a judge that costs nothing. */
  purse: Purse | null;
  at: Checkpoint;
  unansweredInARow: number;
};

/** The handler of runs of kind "judge-attack": asks a judge questions with and without attacks, and stores no verdict. */
export function attackRun(kinds: Openers): RunHandler {
  return async (run) => {
    const { judgeId, instances } = attackRunPayload.parse(run.payload);
    await followWords(run.projectId, judgeId);
    const judge = await openJudge(run.projectId, judgeId);
    const whole = await loadPlan(run.projectId, judge);
    const plan = probedPlan(whole);
    requireProbes(judge.name, plan);
    const at = await resume(run, { judge, plan, instances });
    const finished = new AbortController();
    try {
      const demonstrate = await openDemonstrations(judge, whole);
      const ask = await openAsker(judge, kinds, finished.signal);
      const purse = purseOf(judge, run.runId);
      const work: Work = { run, judge, ask, plan, demonstrate, purse, at, unansweredInARow: 0 };
      while (work.at.done < work.at.chosen.length) await attackInstance(work);
      return resultOf(judge, work.at);
    } finally {
      finished.abort();
    }
  };
}

/** Where an earlier execution was, unless the judge or the task schema has changed under it. */
async function resume(
  { projectId, checkpoint: stored }: RunContext,
  { judge, plan, instances }: { judge: OpenJudge; plan: Plan; instances: number },
): Promise<Checkpoint> {
  const same = { version: judge.version, set: attackSet, schemaVersion: plan.schemaVersion };
  const before = stored === null ? null : checkpoint.parse(stored);
  if (before && Object.entries(same).every(([name, value]) => before[name as keyof typeof same] === value))
    return before;
  const chosen = await chooseInstances(projectId, instances);
  if (chosen.length === 0) {
    throw new AppError(
      "conflict",
      `No instance of the train split can be judged, so there is nothing that attacks on judge ${judge.name} could stand in. Import instances, then test it again.`,
    );
  }
  return {
    ...{ ...same, chosen, done: 0, known: 0, questions: 0, answers: [], ...noTallies() },
    ...{ requests: 0, unanswered: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 },
  };
}

async function attackInstance(work: Work): Promise<void> {
  const { run, judge, plan } = work;
  const probes = await loadProbes(run.projectId, plan, work.at.chosen[work.at.done]!);
  const shots = probes.flatMap((probe) =>
    [null, ...attacks].flatMap((attack) => probe.unit.asks.map((ask): Shot => ({ probe, attack, ask }))),
  );
  const width = judge.kind === "lm" ? judge.config.concurrency : 1;
  await save(work);
  while (work.at.answers.length < shots.length) {
    const next = shots.slice(work.at.answers.length, work.at.answers.length + width);
    const answers = await fireAll(work, next);
    work.at = { ...work.at, answers: [...work.at.answers, ...answers] };
    await save(work);
  }
  let tallies = { baseline: work.at.baseline, attacks: work.at.attacks };
  let rest = work.at.answers;
  for (const { unit } of probes) {
    const orders = unit.asks.length;
    const [baseline, ...attacked] = [null, ...attacks].map((_, i): Answers => rest.slice(i * orders, (i + 1) * orders));
    tallies = withProbe(tallies, { baseline: baseline!, attacked });
    rest = rest.slice((1 + attacks.length) * orders);
  }
  work.at = {
    ...{ ...work.at, ...tallies, answers: [], done: work.at.done + 1 },
    questions: work.at.questions + probes.length,
    known: work.at.known + probes.filter(({ isKnown }) => isKnown).length,
  };
  await save(work);
}

/** What the judge says of the completions under test. Whatever ends the run, what was answered is booked. */
async function fireAll(work: Work, shots: Shot[]): Promise<Answer[]> {
  const { at } = work;
  const settled = await Promise.allSettled(shots.map((shot) => fire(work, shot)));
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  const replies = settled.flatMap((one) => (one.status === "fulfilled" ? (one.value ?? []) : []));
  const sum = (part: "inputTokens" | "outputTokens" | "costMicros") =>
    replies.reduce((total, reply) => total + reply[part], at[part]);
  work.at = {
    ...{ ...at, inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens"), costMicros: sum("costMicros") },
    requests: replies.reduce((total, { repairs }) => total + 1 + repairs, at.requests),
    unanswered: at.unanswered + settled.length - replies.length,
  };
  return settled.map((one, i) =>
    one.status === "fulfilled" && one.value ? accepts(shots[i]!.probe, one.value.outcome) : "none",
  );
}

/** Asks within the caps; null when no answer came. */
async function fire(work: Work, { probe, attack, ask }: Shot): Promise<Reply | null> {
  const { plan, demonstrate } = work;
  const demonstrations = demonstrate(probe.subject, probe.unit);
  try {
    const shown = { ask, usesReference: plan.usesReference, demonstrations };
    const reply = await send(work, probeQuestion(probe, attack, shown));
    work.unansweredInARow = 0;
    return reply;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    work.unansweredInARow += 1;
    if (work.unansweredInARow >= maxUnansweredInARow) throw error;
    return null;
  }
}

/** Books each reply at once: near a cap the others wait for what was set aside for it. */
async function send({ judge, purse, ask }: Work, question: Question): Promise<Reply> {
  const { signal } = new AbortController();
  const { reply, release } = await withinCaps({ judge, purse, purpose: "attack" }, question, signal, ask);
  const entry = entryOf(reply, { id: uuidv7(), purpose: "attack", type: question.shown.type });
  await throughOutage(async () => await purse?.book(prisma, [{ ...entry, answers: 0 }])).finally(release);
  return reply;
}

async function save({ run, at }: Work): Promise<void> {
  const progress = { done: at.done, total: at.chosen.length, unit: "instances" };
  await throughOutage(() => run.save(prisma, { checkpoint: at, progress }));
}

function resultOf(
  { name }: OpenJudge,
  { chosen, answers: _, done, schemaVersion: __, ...sums }: Checkpoint,
): AttackRunResult {
  return { judge: name, ...sums, instances: Math.min(done, chosen.length) };
}
