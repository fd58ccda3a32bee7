import { prisma, type Db } from "@/lib/db/client";
import type { RunContext } from "@/lib/jobs/runs";
import { comparedAspect } from "@/lib/reward/compared-aspect";
import { fewestGoldPrompts } from "../backtest/learn-input";
import { followFits } from "../follow-fits";
import { measureInThread } from "./fit-thread-client";
import type { Measured } from "./measure-fit";
import { prepareFit, type Prepared } from "./prepare-fit";
import { nothingCompared } from "./refusals";
import { fitRunPayload, type FitModel, type FitReport, type FitRunPayload } from "./schema";

/** Why nothing was learned of texts that are there. */
const tooFewGold = `Whom to ask is learned where at least two people agree on pairs of ${fewestGoldPrompts} prompts or more; there are fewer.`;

/** Of the calculation. */
const progressUnit = "percent";
const saveEveryMs = 1000;

/** Learns whom to ask from what people and AI have both labelled, and stores it as the project's next fit. */
export async function fitRun(run: RunContext): Promise<{ version: number }> {
  const { projectId, save } = run;
  const payload = fitRunPayload.parse(run.payload);
  const project = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { id: true, slug: true },
  });
  const compared = await comparedAspect(prisma, projectId);
  if (compared === null) throw nothingCompared(project.slug);
  const prepared = await prepareFit(project, compared, (db, done) =>
    save(db, { progress: { done, total: null, unit: "instances" } }),
  );
  let saved = 0;
  const { mixes, hidden, seed } = payload;
  const measured = await measureInThread({ input: prepared.input, options: { mixes, hidden, seed } }, async (done) => {
    if (Date.now() - saved < saveEveryMs) return;
    saved = Date.now();
    await save(prisma, { progress: { done: Math.floor(100 * done), total: 100, unit: progressUnit } });
  });
  const version = await prisma.$transaction(async (db) => {
    await save(db, { progress: { done: 100, total: 100, unit: progressUnit } });
    return await storeFit(db, { run, payload, prepared, measured });
  });
  await followFits(projectId);
  return { version };
}

type Done = { run: RunContext; payload: FitRunPayload; prepared: Prepared; measured: Measured };

/** The next version. A worker that took the run over from one that died after this has stored it stores no other one. */
async function storeFit(db: Db, { run, payload, prepared, measured }: Done): Promise<number> {
  const { projectId, runId } = run;
  await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
  const known = await db.routingFit.findUnique({ where: { projectId_runId: { projectId, runId } } });
  if (known) return known.version;
  const newest = await db.routingFit.aggregate({ where: { projectId }, _max: { version: true } });
  const version = (newest._max.version ?? 0) + 1;
  const { learned, backtest, risks, confidences, judgeAccuracy, humanAccuracy } = measured;
  const report: FitReport = {
    data: { ...prepared.facts, judgeAccuracy, humanAccuracy },
    ...{ learned: learned?.report ?? null, backtest, risks },
    reason: prepared.reason ?? (learned === null ? tooFewGold : null),
  };
  const model: FitModel = { gain: learned?.gain ?? null, errors: learned?.errors ?? null, confidences };
  const { cause, seed } = payload;
  await db.routingFit.create({ data: { projectId, version, runId, seed, cause, report, model } });
  return version;
}
