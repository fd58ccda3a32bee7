import { prisma } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { RunContext } from "@/lib/jobs/runs";
import { judgeConfig } from "../schema";
import { loadPages } from "./load";
import { newestIn } from "./newest";
import { reportAnnotator } from "./report-annotator";
import { openReportThread, type ReportThread } from "./report-thread-client";
import type { AnnotatorReport } from "./schema";

/** Reports on every AI annotator of a project, beside people. */
export async function reportRun(run: RunContext): Promise<{ annotators: number; drifting: number }> {
  const thread = openReportThread();
  try {
    return await reportAll(run, thread);
  } finally {
    await thread.close();
  }
}

async function reportAll(
  { projectId, save }: RunContext,
  { ask }: ReportThread,
): Promise<{ annotators: number; drifting: number }> {
  // What comes while it works makes the reports out of date, not wrong.
  const newest = await newestIn(projectId);
  let read = 0;
  for await (const page of loadPages(projectId)) {
    await ask({ kind: "add", page });
    read += page.instances.length;
    await save(prisma, { progress: { done: read, total: null, unit: "instances" } });
  }
  const models = await modelsOfJudges(projectId);
  let drifting = 0;
  const annotators = await ask({ kind: "annotators" });
  for (const [done, annotator] of annotators.entries()) {
    const own = models.get(annotator) ?? annotator.replace(/^import:/, "");
    const measured = await ask({ kind: "measure", annotator, own });
    const payload = await reportAnnotator(projectId, annotator, measured);
    const place = { projectId, annotator };
    await prisma.$transaction(async (db) => {
      await save(db, { progress: { done: done + 1, total: annotators.length, unit: "annotators" } });
      await db.annotatorReport.upsert({
        where: { projectId_annotator: place },
        create: { ...place, payload, ...newest },
        update: { payload, ...newest, computedAt: new Date() },
      });
    });
    drifting += Number(warnOfDrift(place, payload));
  }
  await prisma.annotatorReport.deleteMany({ where: { projectId, annotator: { notIn: annotators } } });
  return { annotators: annotators.length, drifting };
}

function warnOfDrift(place: { projectId: string; annotator: string }, { drift }: AnnotatorReport): boolean {
  const measures = drift.filter(({ isDrift }) => isDrift);
  if (measures.length > 0) log.warn({ ...place, drift: measures }, "a judge drifts");
  return measures.length > 0;
}

/** What answers for each version of each judge. */
async function modelsOfJudges(projectId: string): Promise<Map<string, string>> {
  const versions = await prisma.judgeVersion.findMany({ where: { projectId } });
  return new Map(
    versions.flatMap(({ judgeId, version, config }) => {
      const parsed = judgeConfig.parse(config);
      return "model" in parsed ? [[`judge:${judgeId}@${version}`, parsed.model] as const] : [];
    }),
  );
}
