import { v7 as uuidv7 } from "uuid";
import { OPERATOR, type Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { currentSchema } from "@/lib/projects/current-schema";
import { say } from "@/lib/say";
import { askable, olderAnswer, olderGuidelines, questionsSince } from "./affected";
import type { RelabelInput, RelabelSetList, RelabelSetView } from "./schema";

/** A project has labels by the million: marking those asked for again takes a while. */
const timeoutMs = 10 * 60_000;

/**
 * Asks people again for what they submitted before a question, or the guidelines, changed: each finds their own
 * submissions, filled in, before anything new. Labels stay as they are until then, and nobody else is asked. Throws
 * `invalid` for a question that the task schema does not ask, `conflict` when there is nothing to ask for.
 */
export async function openRelabelSet(access: Access<"project:update">, input: RelabelInput): Promise<RelabelSetView> {
  const { projectId, slug } = access;
  const id = uuidv7();
  await prisma.$transaction(
    async (db) => {
      // The versions stay what they are until the set is there.
      await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
      const { schemaVersion, guidelinesVersion } = await currentSchema(db, projectId);
      const all = await questionsSince(db, projectId);
      const ids = "questions" in input ? [...new Set(input.questions)] : [];
      const unknown = ids.filter((one) => all.every(({ question }) => question.id !== one));
      if (unknown.length > 0) {
        throw new AppError(
          "invalid",
          say`The task schema of ${slug} asks no question ${unknown.join(", ")}. Choose from those it asks now.`,
        );
      }
      const isOlder =
        "questions" in input
          ? olderAnswer(all.filter(({ question }) => ids.includes(question.id)))
          : olderGuidelines(guidelinesVersion);
      await db.relabelSet.create({
        data: {
          ...{ projectId, id, questions: ids, schemaVersion, guidelinesVersion, submissions: 0 },
          createdById: access.userId === OPERATOR.userId ? null : access.userId,
        },
      });
      const submissions = await db.$executeRaw`
        update assignments set is_asked_again = true, relabel_set_id = ${id}::uuid, updated_at = now()
        where project_id = ${projectId}::uuid and id in (select a.id ${askable(projectId)} and ${isOlder})`;
      if (submissions === 0) {
        throw new AppError(
          "conflict",
          say`There is nothing to ask for again in ${slug}: what members submitted follows the current version, or is asked for already.`,
        );
      }
      await db.relabelSet.update({ where: { projectId_id: { projectId, id } }, data: { submissions } });
      const what = ids.length > 0 ? ids.join(", ") : "guidelines";
      await recordAudit(db, access, { action: "relabel.open", target: id, projectId, detail: { what, submissions } });
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
  const { items } = await listRelabelSets(access);
  return items.find((set) => set.id === id)!;
}

/** The sets of a project, newest first, with what is left of each: of members, and of instances people can be asked about. */
export async function listRelabelSets({ projectId }: Access<"project:update">): Promise<RelabelSetList> {
  const rows = await prisma.$queryRaw<(Omit<RelabelSetView, "createdAt" | "stoppedAt"> & Times)[]>`
    select s.id, s.created_at as "createdAt", u.name as "createdBy", s.questions, s.schema_version as "schemaVersion",
      s.guidelines_version as "guidelinesVersion", s.submissions, s.stopped_at as "stoppedAt",
      (select count(*)::int from assignments a
          join instances i on i.project_id = a.project_id and i.id = a.instance_id and i.is_labelable
          join members m on m.project_id = a.project_id and m.user_id = a.annotator_id
        where a.project_id = s.project_id and a.relabel_set_id = s.id and a.is_asked_again) as left
    from relabel_sets s left join users u on u.id = s.created_by_id
    where s.project_id = ${projectId}::uuid order by s.created_at desc, s.id desc`;
  return {
    items: rows.map(({ createdAt, stoppedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      stoppedAt: stoppedAt?.toISOString() ?? null,
    })),
  };
}

type Times = { createdAt: Date; stoppedAt: Date | null };

/** Asks for no more of a set; what was given stays. Twice is the same as once. Throws `not_found`. */
export async function stopRelabelSet(access: Access<"project:update">, id: string): Promise<void> {
  const { projectId, slug } = access;
  await prisma.$transaction(
    async (db) => {
      const left = await db.assignment.updateMany({
        where: { projectId, relabelSetId: id, isAskedAgain: true },
        data: { isAskedAgain: false },
      });
      const { count } = await db.relabelSet.updateMany({
        where: { projectId, id, stoppedAt: null },
        data: { stoppedAt: new Date() },
      });
      if (count === 0) {
        if ((await db.relabelSet.count({ where: { projectId, id } })) > 0) return;
        throw new AppError("not_found", say`Project ${slug} has no re-label set ${id}.`);
      }
      await recordAudit(db, access, { action: "relabel.stop", target: id, projectId, detail: { left: left.count } });
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}
