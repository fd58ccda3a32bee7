import { OPERATOR, type Access } from "@/lib/auth/access";
import { factsOfFile, recordAudit } from "@/lib/auth/audit";
import { releaseUnlabelable } from "@/lib/assignments/release";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { refreshLabelable } from "@/lib/instances/labelable";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { judgeRouted } from "@/lib/judges/start-run";
import { say } from "@/lib/say";
import { canonicalJson } from "@/lib/text/canonical";
import { getProject } from "./queries";
import { currentSchema } from "./current-schema";
import { newMeanings, refuseNewMeanings } from "./keep-meanings";
import type { ProjectResponse, UpdateProjectInput } from "./schema";
import { whatJudgesGet, whoCanBeAsked } from "./what-differs";

/** Recomputing the slots of a million instances takes about a minute. */
const timeoutMs = 10 * 60_000;

/**
 * Changes the fields that are given. A task schema or guidelines that differ from the current ones become the next
 * version. A new overlap, or questions of other types, open or close slots of every instance, and such questions also
 * decide which instances people can be asked about, and what judges get. Labels stay as they are, and so do leases but
 * those of instances that nobody can be asked about any more. Throws `conflict` where a question would give its labels
 * another meaning, or the task schema or the guidelines are not of the version any more that the change was made from.
 */
export async function updateProject(
  access: Access<"project:update">,
  input: UpdateProjectInput,
): Promise<ProjectResponse> {
  await prisma.$transaction((db) => applyUpdate(db, access, input), { timeout: timeoutMs, maxWait: 10_000 });
  return await getProject(access);
}

async function applyUpdate(db: Db, access: Access<"project:update">, input: UpdateProjectInput): Promise<void> {
  const { projectId } = access;
  // Two updates at once would otherwise write the same version.
  await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
  const before = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  refuseOldVersions(before, input);
  const { taskSchema } = await currentSchema(db, projectId);
  const asked = input.taskSchema ?? taskSchema;
  const isOtherwiseLabelable = whoCanBeAsked(asked) !== whoCanBeAsked(taskSchema);
  const isOtherOverlap = input.overlap !== undefined && input.overlap !== before.overlap;
  const changed = newMeanings(taskSchema, asked);
  // A submission under way is stored before this goes on; a later one finds the new questions.
  if (isOtherOverlap || isOtherwiseLabelable || changed.length > 0)
    await db.$executeRaw`select from instances where project_id = ${projectId}::uuid order by id for update`;
  await refuseNewMeanings(db, projectId, changed);
  const schemaVersion = await nextTaskSchema(db, access, before.schemaVersion, input.taskSchema);
  const guidelinesVersion = await nextGuidelines(db, access, before.guidelinesVersion, input.guidelines);
  const {
    name = before.name,
    description = before.description,
    overlap = before.overlap,
    leaseSeconds = before.leaseSeconds,
    exportDefaults,
  } = input;
  const after = { name, description, overlap, leaseSeconds, schemaVersion, guidelinesVersion };
  const data = { ...after, exportDefaults: exportDefaults ?? Prisma.skip };
  await db.project.update({ where: { id: projectId }, data });
  if (isOtherwiseLabelable) {
    await refreshLabelable(db, projectId, asked);
    await releaseUnlabelable(db, projectId);
  }
  if (isOtherOverlap || isOtherwiseLabelable) await refreshOpenSlots(db, projectId, "all");
  if (whatJudgesGet(asked) !== whatJudgesGet(taskSchema)) await judgeRouted(db, projectId);
  const isOtherFile = canonicalJson(exportDefaults ?? before.exportDefaults) !== canonicalJson(before.exportDefaults);
  const updated: [string, string | number | null][] = Object.entries(after).filter(
    ([key, value]) => before[key as keyof typeof after] !== value,
  );
  if (isOtherFile) updated.push(...Object.entries(factsOfFile(exportDefaults!)));
  if (updated.length === 0) return;
  await recordAudit(db, access, {
    action: "project.update",
    target: access.slug,
    projectId,
    detail: Object.fromEntries(updated),
  });
}

type Versions = Pick<ProjectResponse, "schemaVersion" | "guidelinesVersion">;

function refuseOldVersions(current: Versions, from: Partial<Versions>): void {
  if (from.schemaVersion !== undefined && from.schemaVersion !== current.schemaVersion) {
    throw new AppError(
      "conflict",
      say`The task schema has changed meanwhile: this change was made from version ${from.schemaVersion}, and version ${current.schemaVersion} is in use. Load the page again and make the change there.`,
    );
  }
  if (from.guidelinesVersion !== undefined && from.guidelinesVersion !== current.guidelinesVersion) {
    throw new AppError(
      "conflict",
      say`The guidelines have changed meanwhile: this change was made from version ${from.guidelinesVersion}, and version ${current.guidelinesVersion} is in use. Load the page again and make the change there.`,
    );
  }
}

async function nextTaskSchema(
  db: Db,
  access: Access<"project:update">,
  version: number,
  payload: UpdateProjectInput["taskSchema"],
): Promise<number> {
  if (payload === undefined) return version;
  const current = await db.taskSchema.findUniqueOrThrow({
    where: { projectId_version: { projectId: access.projectId, version } },
  });
  if (canonicalJson(current.payload) === canonicalJson(payload)) return version;
  await db.taskSchema.create({
    data: { projectId: access.projectId, version: version + 1, payload, createdById: creatorOf(access) },
  });
  return version + 1;
}

async function nextGuidelines(
  db: Db,
  access: Access<"project:update">,
  version: number,
  text: string | undefined,
): Promise<number> {
  if (text === undefined) return version;
  const current = await db.guidelines.findUniqueOrThrow({
    where: { projectId_version: { projectId: access.projectId, version } },
  });
  if (current.text === text) return version;
  await db.guidelines.create({
    data: { projectId: access.projectId, version: version + 1, text, createdById: creatorOf(access) },
  });
  return version + 1;
}

/** The command line is nobody's account. */
function creatorOf({ userId }: Access<"project:update">): string | null {
  return userId === OPERATOR.userId ? null : userId;
}
