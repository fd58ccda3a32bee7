import { prisma, type Db } from "@/lib/db/client";
import { lockPolicy } from "../policy";
import { readRoutingSettings } from "../settings/settings";
import { supersedePolicy, supersedeTimeoutMs } from "../supersede";
import { loadAssessed } from "./assess";
import type { Alarm } from "./schema";
import { watchJudges } from "./watch";

/**
 * Once an hour: where AI's labels have become worse, everything goes to people, but for the share that people and AI label
 * both, by which it is seen whether AI gets better. Nothing ends that but somebody who applies another policy; and who
 * has applied one since it was seen knows what they do.
 */
export async function fallBackWhereWorse(now = new Date()): Promise<void> {
  const projects = await prisma.$queryRaw<{ id: string }[]>`
    select p.id::text from projects p join policies on policies.project_id = p.id and policies.version = p.policy_version
    where policies.payload ->> 'kind' <> 'all-human'
      and exists (select from judges j where j.project_id = p.id and j.is_enabled and j.kind = 'lm')`;
  const faults: unknown[] = [];
  // What fails in one project leaves the others watched.
  for (const { id } of projects) await fallBackIfWorse(id, now).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, "Not every project's judges could be watched.");
}

async function fallBackIfWorse(projectId: string, now: Date): Promise<void> {
  if (!(await readRoutingSettings(prisma, projectId)).fallsBack) return;
  const { drawn } = await loadAssessed(projectId);
  const alarm = await watchJudges(projectId, drawn, now);
  if (alarm?.kind !== "worse") return;
  await prisma.$transaction(
    async (db) => {
      const before = await lockPolicy(db, projectId, "update");
      if (before.kind === "all-human" || (await isDecided(db, projectId, alarm))) return;
      const { dualShare, lmWeight, seed } = before;
      await supersedePolicy(db, projectId, {
        ...{ before, payload: { kind: "all-human", dualShare, lmWeight, seed } },
        cause: `${alarm.sentence} So everything goes to people until somebody applies another policy.`,
      });
    },
    { timeout: supersedeTimeoutMs, maxWait: 10_000 },
  );
}

/** Whether somebody has applied a policy since: what the product made by itself has a cause. */
async function isDecided(db: Db, projectId: string, { since }: Alarm): Promise<boolean> {
  const applied = await db.policy.findFirst({
    where: { projectId, cause: null, createdAt: { gt: new Date(since) } },
    select: { version: true },
  });
  return applied !== null;
}
