import { OPERATOR, type Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { refreshLabelable } from "@/lib/instances/labelable";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { canonicalJson } from "@/lib/text/canonical";
import { getProject } from "./queries";
import { currentSchema } from "./current-schema";
import { labelableCompletions, type ProjectResponse, type TaskSchema, type UpdateProjectInput } from "./schema";

/** Recomputing the slots of a million instances takes about a minute. */
const timeoutMs = 10 * 60_000;

/**
 * Changes the fields that are given. A task schema or guidelines that differ from the current ones become the next
 * version. A new overlap, or questions of other types, open or close slots of every instance, and such questions also
 * decide which instances people can be asked about. Labels and leases stay as they are.
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
  const { taskSchema } = await currentSchema(db, projectId);
  const schemaVersion = await nextTaskSchema(db, access, before.schemaVersion, input.taskSchema);
  const guidelinesVersion = await nextGuidelines(db, access, before.guidelinesVersion, input.guidelines);
  const {
    name = before.name,
    description = before.description,
    overlap = before.overlap,
    leaseSeconds = before.leaseSeconds,
  } = input;
  const after = { name, description, overlap, leaseSeconds, schemaVersion, guidelinesVersion };
  await db.project.update({ where: { id: projectId }, data: after });
  const asked = input.taskSchema ?? taskSchema;
  const isOtherwiseLabelable = whoCanBeAsked(asked) !== whoCanBeAsked(taskSchema);
  if (overlap !== before.overlap || isOtherwiseLabelable) {
    await db.$executeRaw`select from instances where project_id = ${projectId}::uuid order by id for update`;
    if (isOtherwiseLabelable) await refreshLabelable(db, projectId, asked);
    await refreshOpenSlots(db, projectId, "all");
  }
  const changed = Object.entries(after).filter(([key, value]) => before[key as keyof typeof after] !== value);
  if (changed.length === 0) return;
  await recordAudit(db, access, {
    action: "project.update",
    target: access.slug,
    projectId,
    detail: Object.fromEntries(changed),
  });
}

/** All of a task schema that decides about slots: how many completions it needs, and labels of which types fill them. */
function whoCanBeAsked(taskSchema: TaskSchema): string {
  const types = [...new Set(taskSchema.questions.map(({ type }) => type))].sort();
  return canonicalJson([labelableCompletions(taskSchema), types]);
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
