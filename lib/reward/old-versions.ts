import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { say } from "@/lib/say";
import type { KeptFiles } from "./schema";

type Rule = { projectId: string; newest: number; servedDays: number | null };

/** Which versions of a project's reward model keep their files. */
export async function getKeptFiles({ projectId }: Access<"reward:read">): Promise<KeptFiles> {
  const project = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { keepNewest: true, keepServedDays: true },
  });
  return { newest: project.keepNewest, servedDays: project.keepServedDays };
}

/** Changes which versions keep their files, from the next sweep on. */
export async function setKeptFiles(access: Access<"reward:manage">, rule: KeptFiles): Promise<KeptFiles> {
  const { projectId, slug } = access;
  const { newest, servedDays } = rule;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { keepNewest: newest, keepServedDays: servedDays } });
    await recordAudit(db, access, { action: "reward.files", target: slug, projectId, detail: rule });
  });
  return rule;
}

/**
 * Deletes the files of old versions in projects whose rule says so: of those that are not among the newest, do not serve
 * and have not served for so many days. Their rows stay, with figures, gate and snapshot.
 */
export async function deleteOldFiles(): Promise<void> {
  const rules = await prisma.$queryRaw<Rule[]>`
    select id::text as "projectId", keep_newest as newest, keep_served_days as "servedDays"
    from projects where keep_newest is not null order by id`;
  for (const rule of rules) {
    const deleted = await deleteFilesOf(rule);
    if (deleted > 0) log.info({ ...rule, deleted }, "deleted the files of old reward models");
  }
}

async function deleteFilesOf({ projectId, newest, servedDays }: Rule): Promise<number> {
  return await prisma.$transaction(async (db) => {
    // No version begins to serve meanwhile.
    await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
    // A version served until the next one was promoted; one that was promoted again since only makes that later.
    return await db.$executeRaw`
      with each as (
        select id, promoted_at, row_number() over (order by version desc) as place,
          coalesce(lead(promoted_at) over (order by promoted_at nulls last), now()) as served_until
        from reward_models where project_id = ${projectId}::uuid
      )
      update reward_models m set artifact = null from each
      where m.project_id = ${projectId}::uuid and m.id = each.id and m.artifact is not null and not m.is_active
        and each.place > ${newest}
        and (each.promoted_at is null or ${servedDays}::int is null
          or each.served_until < now() - make_interval(days => ${servedDays}::int))`;
  });
}

/** For whatever needs the file of a version that has none any more. */
export function fileIsGone(version: number): AppError {
  return new AppError(
    "gone",
    say`The file of version ${version} of the reward model was deleted, as this project keeps those of newer versions only. Its figures are kept. Use another version, or train one from its snapshot.`,
  );
}
