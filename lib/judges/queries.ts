import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma, type Judge, type JudgeVersion } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { Configured } from "./plan";
import { lmConfig, rmConfig, type JudgeList, type JudgeView } from "./schema";

/** What a judge has done, over all its versions. */
type Work = { verdicts: number; labels: number; costMicros: number };

const nothingYet: Work = { verdicts: 0, labels: 0, costMicros: 0 };

/** A judge and its current version. */
export type CurrentJudge = Judge & { current: JudgeVersion };

/** A project's judges, in the order they were made. */
export async function listJudges(
  access: Access<"judge:read">,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<JudgeList> {
  const { projectId } = access;
  const judges = await prisma.judge.findMany({
    where: { projectId, id: cursor === undefined ? Prisma.skip : { gt: cursor } },
    include: { versions: { orderBy: { version: "desc" }, take: 1 } },
    orderBy: { id: "asc" },
    take: limit + 1,
  });
  const shown = judges.slice(0, limit);
  const work = await readWork(
    projectId,
    shown.map(({ id }) => id),
  );
  const items = shown.map((judge) => viewJudge({ ...judge, current: judge.versions[0]! }, work.get(judge.id)));
  return { items, nextCursor: judges.length > limit ? items.at(-1)!.id : null };
}

/** One judge; `not_found` for one of another project, too. */
export async function getJudge(
  access: Access<"judge:read"> | Access<"judge:manage">,
  judgeId: string,
): Promise<JudgeView> {
  const judge = await findJudge(prisma, access, judgeId);
  const work = await readWork(access.projectId, [judgeId]);
  return viewJudge(judge, work.get(judgeId));
}

/** A judge with its current version. Throws `not_found`. */
export async function findJudge(
  db: Db,
  { projectId, slug }: { projectId: string; slug: string },
  judgeId: string,
): Promise<CurrentJudge> {
  const judge = await db.judge.findUnique({ where: { projectId_id: { projectId, id: judgeId } } });
  if (!judge) throw new AppError("not_found", say`There is no judge ${judgeId} in project ${slug}.`);
  return { ...judge, current: await versionOf(db, judge) };
}

/**
 * The version that the row names. The newest may be another by now, and this row's key was not given for its address.
 */
export async function versionOf(db: Db, { projectId, id: judgeId, version }: Judge): Promise<JudgeVersion> {
  return await db.judgeVersion.findUniqueOrThrow({
    where: { projectId_judgeId_version: { projectId, judgeId, version } },
  });
}

/** A judge's kind with the config of the current version. */
export function configured({ kind, current }: Pick<CurrentJudge, "kind" | "current">): Configured {
  return kind === "rm"
    ? { kind, config: rmConfig.parse(current.config) }
    : { kind, config: lmConfig.parse(current.config) };
}

/** The name under which a version of a judge labels. */
export function annotatorOf({ judgeId, version }: { judgeId: string; version: number }): string {
  return `judge:${judgeId}@${version}`;
}

export function viewJudge(judge: CurrentJudge, work: Work = nothingYet): JudgeView {
  const { id, name, version, isEnabled, keyHint } = judge;
  const facts = { id, name, version, isEnabled, createdAt: judge.createdAt.toISOString(), ...work };
  const asked = configured(judge);
  return asked.kind === "rm" ? { ...facts, ...asked } : { ...facts, ...asked, keyHint };
}

async function readWork(projectId: string, judgeIds: string[]): Promise<Map<string, Work>> {
  const rows = await prisma.$queryRaw<({ judgeId: string } & Work)[]>`
    select id::text as "judgeId",
      (select count(*)::int from verdicts v where v.project_id = j.project_id and v.judge_id = j.id) as verdicts,
      (select coalesce(sum(cost_micros), 0)::float8 from verdicts v where v.project_id = j.project_id and v.judge_id = j.id) as "costMicros",
      (select count(*)::int from labels l where l.project_id = j.project_id and l.source in ('lm', 'rm') and l.is_current
        and l.annotator like 'judge:' || j.id || '@%') as labels
    from judges j where project_id = ${projectId}::uuid and id = any(${judgeIds}::uuid[])`;
  return new Map(rows.map(({ judgeId, ...work }) => [judgeId, work]));
}
