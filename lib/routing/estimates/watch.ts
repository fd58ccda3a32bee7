import { prisma } from "@/lib/db/client";
import { say } from "@/lib/say";
import { alarmOf, recentDays, type WatchedJudge } from "./alarm";
import type { AssessedInstance } from "./assess";
import { checksOf, onePerGroup } from "./checks";
import type { Alarm } from "./schema";

const dayMs = 24 * 60 * 60 * 1000;

/** Whether the part that AI labels is as good as it was, by the versions of judges that label now. */
export async function watchJudges(
  projectId: string,
  drawn: readonly AssessedInstance[],
  now: Date,
): Promise<Alarm | null> {
  const judges = await prisma.judge.findMany({
    where: { projectId, isEnabled: true, kind: "lm" },
    select: { id: true, name: true, version: true },
  });
  const since = new Date(now.getTime() - recentDays * dayMs);
  const watched = judges.map(({ id, name, version }): WatchedJudge => {
    const judge = `judge:${id}@${version}`;
    return { judge, words: say`${name} (version ${version})`, checks: onePerGroup(checksOf(drawn, judge)) };
  });
  const checked = checksOf(drawn).filter(({ at }) => at >= since).length;
  return alarmOf(watched, { byAi: await countByAi(projectId, since), checked, since });
}

/** Instances that went to AI alone and that it has labelled lately. */
async function countByAi(projectId: string, since: Date): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(distinct l.instance_id)::int as count
    from labels l join instances i on i.project_id = l.project_id and i.id = l.instance_id
    where l.project_id = ${projectId}::uuid and l.source = 'lm' and l.is_current and l.created_at >= ${since}::timestamptz
      and i.route = 'lm'`;
  return row.count;
}
