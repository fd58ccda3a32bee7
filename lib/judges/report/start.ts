import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { createRun, createSystemRun } from "@/lib/jobs/runs";

/** Brings the reports on all AI annotators up to date; one that waits or works already is answered instead of a second. */
export async function startReports(access: Access<"judge:run">): Promise<{ id: string }> {
  return await prisma.$transaction(async (db) => {
    const live = await liveReportRun(db, access.projectId);
    return live === null ? await createRun(db, access, { kind: "judge-report", payload: {} }) : { id: live };
  });
}

/** Once an hour: queues the reports of projects in which an AI has labelled and anything was labelled since the last ones. */
export async function reportAnew(): Promise<void> {
  const projects = await prisma.$queryRaw<{ id: string }[]>`
    select p.id::text from projects p
    where exists (select from labels l where l.project_id = p.id and l.source = 'lm')
      and not exists (select from runs r where r.project_id = p.id and r.kind = 'judge-report' and r.state in ('queued', 'running'))
      and ((select id from labels l where l.project_id = p.id order by id desc limit 1),
        (select id from verdicts v where v.project_id = p.id order by id desc limit 1))
        is distinct from (select row(newest_label, newest_verdict) from annotator_reports a where a.project_id = p.id
          order by computed_at desc limit 1)`;
  for (const { id } of projects)
    await prisma.$transaction((db) => createSystemRun(db, id, { kind: "judge-report", payload: {} }));
}

/** The run that brings reports up to date, while one waits or works. */
export async function liveReportRun(db: Db, projectId: string): Promise<string | null> {
  const run = await db.run.findFirst({
    where: { projectId, kind: "judge-report", state: { in: ["queued", "running"] } },
    select: { id: true },
    orderBy: { id: "desc" },
  });
  return run?.id ?? null;
}
