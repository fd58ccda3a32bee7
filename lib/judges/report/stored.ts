import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { annotatorOf, findJudge } from "../queries";
import { newestIn } from "./newest";
import {
  annotatorReport,
  type AnnotatorReport,
  type DriftingJudge,
  type ImportedAnnotator,
  type ImportedAnnotators,
  type JudgeHeadline,
  type StoredReport,
} from "./schema";
import { liveReportRun } from "./start";

/** The report on a version of a judge as it was last computed. Throws `not_found` for an unknown judge or version. */
export async function getJudgeAgreement(
  access: Access<"judge:read">,
  judgeId: string,
  { version }: { version?: number | undefined },
): Promise<StoredReport> {
  const judge = await findJudge(prisma, access, judgeId);
  const { projectId } = access;
  const wanted = version ?? judge.version;
  if ((await prisma.judgeVersion.count({ where: { projectId, judgeId, version: wanted } })) === 0)
    throw new AppError("not_found", say`Judge ${judge.name} has no version ${wanted}.`);
  return await read(projectId, annotatorOf({ judgeId, version: wanted }));
}

/** The report on an AI annotator whose labels were imported. Throws `not_found` where none has the name. */
export async function getImportedAgreement(
  access: Access<"quality:read">,
  { name }: { name: string },
): Promise<StoredReport> {
  const { projectId, slug } = access;
  const annotator = `import:${name}`;
  const stored = await read(projectId, annotator);
  if (stored.report !== null) return stored;
  const isKnown = (await prisma.label.count({ where: { projectId, source: "lm", annotator }, take: 1 })) > 0;
  if (!isKnown)
    throw new AppError("not_found", say`No labels by an AI annotator ${name} were imported to project ${slug}.`);
  return stored;
}

/** The AI annotators whose labels were imported, by name. */
export async function listImportedAnnotators({ projectId }: Access<"quality:read">): Promise<ImportedAnnotators> {
  const [rows, reports, newest, runId] = await Promise.all([
    prisma.$queryRaw<{ annotator: string; labels: number }[]>`
      select annotator, count(*)::int as labels from labels
      where project_id = ${projectId}::uuid and source = 'lm' and is_current and annotator like 'import:%'
      group by annotator order by annotator`,
    prisma.annotatorReport.findMany({ where: { projectId, annotator: { startsWith: "import:" } } }),
    newestIn(projectId),
    liveReportRun(prisma, projectId),
  ]);
  const reportOf = new Map(reports.map((row) => [row.annotator, row]));
  const items = rows.map(({ annotator, labels }): ImportedAnnotator => {
    const row = reportOf.get(annotator);
    return {
      ...{ name: annotator.slice("import:".length), labels, computedAt: row?.computedAt.toISOString() ?? null },
      headline: row ? headlineOf(annotatorReport.parse(row.payload)) : null,
    };
  });
  const isStale = rows.some(({ annotator }) => reportOf.get(annotator)?.newestLabel !== newest.newestLabel);
  return { items, isStale, runId };
}

/** The judges whose current version answers otherwise than it used to, by their last reports. */
export async function listDriftingJudges({ projectId }: Access<"judge:read">): Promise<DriftingJudge[]> {
  const rows = await prisma.$queryRaw<{ judgeId: string; payload: unknown }[]>`
    select j.id::text as "judgeId", a.payload
    from judges j join annotator_reports a on a.project_id = j.project_id and a.annotator = 'judge:' || j.id || '@' || j.version
    where j.project_id = ${projectId}::uuid and a.payload @? '$.drift[*] ? (@.isDrift == true)'`;
  return rows.map(({ judgeId, payload }) => ({
    judgeId,
    measures: annotatorReport.parse(payload).drift.filter(({ isDrift }) => isDrift),
  }));
}

/** What the last report on each judge's current version says in short, of those that have one. */
export async function listJudgeHeadlines({ projectId }: Access<"judge:read">): Promise<JudgeHeadline[]> {
  const rows = await prisma.$queryRaw<{ judgeId: string; payload: unknown }[]>`
    select j.id::text as "judgeId", a.payload
    from judges j join annotator_reports a on a.project_id = j.project_id and a.annotator = 'judge:' || j.id || '@' || j.version
    where j.project_id = ${projectId}::uuid`;
  return rows.map(({ judgeId, payload }) => ({ judgeId, headline: headlineOf(annotatorReport.parse(payload)) }));
}

async function read(projectId: string, annotator: string): Promise<StoredReport> {
  const [row, newest, runId] = await Promise.all([
    prisma.annotatorReport.findUnique({ where: { projectId_annotator: { projectId, annotator } } }),
    newestIn(projectId),
    liveReportRun(prisma, projectId),
  ]);
  const isStale = row?.newestLabel !== newest.newestLabel || row?.newestVerdict !== newest.newestVerdict;
  return {
    ...{ annotator, isStale, runId },
    computedAt: row?.computedAt.toISOString() ?? null,
    report: row ? annotatorReport.parse(row.payload) : null,
  };
}

function headlineOf({ questions }: AnnotatorReport): ImportedAnnotator["headline"] {
  const unitsOf = ({ references }: (typeof questions)[number]) => references.people + references.gold;
  const [most] = questions.toSorted((a, b) => unitsOf(b) - unitsOf(a));
  if (!most || unitsOf(most) === 0) return null;
  const { question, type, aspect, figures } = most;
  return { question, type, aspect, units: unitsOf(most), figures };
}
