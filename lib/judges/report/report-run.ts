import { prisma } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { RunContext } from "@/lib/jobs/runs";
import { judgeConfig } from "../schema";
import { loadAnswers } from "./load";
import { newestIn } from "./newest";
import { reportAnnotator } from "./report-annotator";
import type { AnnotatorReport } from "./schema";

/** Reports on every AI annotator of a project, beside people. */
export async function reportRun({ projectId, save }: RunContext): Promise<{ annotators: number; drifting: number }> {
  // What comes while it works makes the reports out of date, not wrong.
  const newest = await newestIn(projectId);
  const unit = "instances";
  const answers = await loadAnswers(projectId, (done) => save(prisma, { progress: { done, total: null, unit } }));
  const models = await modelsOfJudges(projectId);
  let drifting = 0;
  const annotators = [...answers.keys()].sort();
  for (const [done, annotator] of annotators.entries()) {
    const own = models.get(annotator) ?? annotator.replace(/^import:/, "");
    const payload = await reportAnnotator(projectId, annotator, { answers, own });
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
