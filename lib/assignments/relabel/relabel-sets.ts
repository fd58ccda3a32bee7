import { v7 as uuidv7 } from "uuid";
import { OPERATOR, type Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { askable, toAskAnswers, toAskGuidelines } from "./affected";
import { currentVersions } from "./older";
import type { RelabelInput, RelabelSetList, RelabelSetView } from "./schema";

/** A project has labels by the million: marking those asked for again takes a while. */
const timeoutMs = 10 * 60_000;

/**
 * Asks people again for what they submitted before a question, or the guidelines, changed: each finds their own
 * submissions, filled in, before anything new. Labels stay as they are until then, and nobody else is asked. A submission
 * that another set asks for because of something else is asked for by both, and answered for both at once. Throws
 * `invalid` for a question that the task schema does not ask, `conflict` when there is nothing to ask for.
 */
export async function openRelabelSet(access: Access<"project:update">, input: RelabelInput): Promise<RelabelSetView> {
  const { projectId, slug } = access;
  const id = uuidv7();
  await prisma.$transaction(
    async (db) => {
      // The versions stay what they are until the set is there.
      await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
      const versions = await currentVersions(db, projectId);
      const { questions: all, schemaVersion, guidelinesVersion } = versions;
      const ids = "questions" in input ? [...new Set(input.questions)] : [];
      const unknown = ids.filter((one) => all.every(({ question }) => question.id !== one));
      if (unknown.length > 0) {
        throw new AppError(
          "invalid",
          say`The task schema of ${slug} asks no question ${unknown.join(", ")}. Choose from those it asks now.`,
        );
      }
      const isToAsk =
        "questions" in input
          ? toAskAnswers(all.filter(({ question }) => ids.includes(question.id)))
          : toAskGuidelines(versions);
      await db.relabelSet.create({
        data: {
          ...{ projectId, id, questions: ids, schemaVersion, guidelinesVersion, submissions: 0 },
          createdById: access.userId === OPERATOR.userId ? null : access.userId,
        },
      });
      // Locked: what is just being submitted is looked at when it is stored.
      const submissions = await db.$executeRaw`
        with asked as materialized (
          select a.id, a.annotator_id ${askable(projectId)} and ${isToAsk} for no key update of a)
        insert into relabel_asks (project_id, relabel_set_id, assignment_id, annotator_id)
        select ${projectId}::uuid, ${id}::uuid, id, annotator_id from asked`;
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
      (select count(*)::int from relabel_asks r
          join assignments a on a.project_id = r.project_id and a.id = r.assignment_id
          join instances i on i.project_id = a.project_id and i.id = a.instance_id and i.is_labelable
          join members m on m.project_id = a.project_id and m.user_id = a.annotator_id
        where r.project_id = s.project_id and r.relabel_set_id = s.id and r.answered_at is null) as left
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

/** Asks for no more of a set; what was given stays, and so does what another set asks for. Twice is the same as once. Throws `not_found`. */
export async function stopRelabelSet(access: Access<"project:update">, id: string): Promise<void> {
  const { projectId, slug } = access;
  await prisma.$transaction(
    async (db) => {
      const left = await db.relabelAsk.deleteMany({ where: { projectId, relabelSetId: id, answeredAt: null } });
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
