import { effectiveRole, noSuchProject, roleAllows, type Access, type Principal } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type Project, type ProjectRole } from "@/lib/db/generated/client";
import { waitsForAi } from "@/lib/instances/filter";
import { exportDefaults } from "./export-defaults/schema";
import {
  taskSchema as taskSchemaShape,
  type ProgressCounts,
  type ProjectListItem,
  type ProjectOverview,
  type ProjectResponse,
  type ProjectVersions,
  type TaskSchema,
} from "./schema";

export const projectColumns = {
  id: true,
  slug: true,
  name: true,
  description: true,
  isDemo: true,
  overlap: true,
  leaseSeconds: true,
  schemaVersion: true,
  guidelinesVersion: true,
  exportDefaults: true,
  createdAt: true,
} as const satisfies Prisma.ProjectSelect;

type ProjectColumns = Pick<Project, keyof typeof projectColumns>;

/** The projects this person may open, newest first: all for a global admin, else those they are a member of. */
export async function listProjects(
  principal: Principal,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ items: ProjectListItem[]; nextCursor: string | null }> {
  const { userId } = principal;
  const projects = await prisma.project.findMany({
    where: {
      members: principal.isAdmin ? Prisma.skip : { some: { userId } },
      id: cursor === undefined ? Prisma.skip : { lt: cursor },
    },
    select: { ...projectColumns, members: { where: { userId }, select: { role: true } } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = projects.slice(0, limit).flatMap((project) => {
    const role = effectiveRole(principal, {
      projectId: project.id,
      slug: project.slug,
      role: project.members[0]?.role ?? null,
    });
    return role === null ? [] : [{ project, role }];
  });
  const readable = page.filter(({ role }) => roleAllows(role, "instance:read"));
  const progress = await countProgress(readable.map(({ project }) => project));
  const items = page.map(({ project, role }) => ({
    slug: project.slug,
    name: project.name,
    description: project.description,
    isDemo: project.isDemo,
    role,
    createdAt: project.createdAt.toISOString(),
    progress: progress.get(project.id) ?? null,
  }));
  return { items, nextCursor: projects.length > limit ? projects[limit - 1]!.id : null };
}

/** A project with its current task schema and guidelines. */
export async function getProject(access: Access<"project:view"> | Access<"project:update">): Promise<ProjectResponse> {
  const project = await prisma.project.findUnique({ where: { id: access.projectId }, select: projectColumns });
  if (!project) throw noSuchProject(access.slug);
  const { id: projectId, schemaVersion, guidelinesVersion } = project;
  const [schemaRow, guidelinesRow] = await Promise.all([
    prisma.taskSchema.findUniqueOrThrow({ where: { projectId_version: { projectId, version: schemaVersion } } }),
    prisma.guidelines.findUniqueOrThrow({ where: { projectId_version: { projectId, version: guidelinesVersion } } }),
  ]);
  return viewProject(project, access.role, {
    taskSchema: taskSchemaShape.parse(schemaRow.payload),
    guidelines: guidelinesRow.text,
  });
}

/** A project as the API answers it. */
export function viewProject(
  project: ProjectColumns,
  role: ProjectRole,
  current: { taskSchema: TaskSchema; guidelines: string },
): ProjectResponse {
  return {
    slug: project.slug,
    name: project.name,
    description: project.description,
    isDemo: project.isDemo,
    role,
    overlap: project.overlap,
    leaseSeconds: project.leaseSeconds,
    schemaVersion: project.schemaVersion,
    taskSchema: current.taskSchema,
    guidelinesVersion: project.guidelinesVersion,
    guidelines: current.guidelines,
    exportDefaults: project.exportDefaults === null ? null : exportDefaults.parse(project.exportDefaults),
    createdAt: project.createdAt.toISOString(),
  };
}

/** Every version of the task schema and the guidelines, newest first, with who wrote it. */
export async function listProjectVersions({ projectId }: Access<"project:update">): Promise<ProjectVersions> {
  const columns = { version: true, createdAt: true, createdById: true } as const;
  const [schemas, texts] = await Promise.all([
    prisma.taskSchema.findMany({ where: { projectId }, select: columns, orderBy: { version: "desc" } }),
    prisma.guidelines.findMany({ where: { projectId }, select: columns, orderBy: { version: "desc" } }),
  ]);
  const authorIds = [...schemas, ...texts].flatMap((row) => row.createdById ?? []);
  const authors = await prisma.user.findMany({ where: { id: { in: authorIds } }, select: { id: true, email: true } });
  const emails = new Map(authors.map(({ id, email }) => [id, email]));
  const view = (row: (typeof schemas)[number]) => ({
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    createdBy: emails.get(row.createdById ?? "") ?? null,
  });
  return { taskSchema: schemas.map(view), guidelines: texts.map(view) };
}

/** The figures of a project's first page: how far it is and what its labels come from. */
export async function getProjectOverview({ projectId }: Access<"quality:read">): Promise<ProjectOverview> {
  const project = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { id: true, overlap: true },
  });
  const [progress, labelled, bySource, today] = await Promise.all([
    countProgress([project]),
    countLabelled(projectId),
    countLabelsBySource(projectId),
    countLabelsToday(projectId),
  ]);
  return {
    progress: progress.get(projectId)!,
    labelled,
    labels: { total: bySource.reduce((sum, row) => sum + row.labels, 0), bySource, today },
  };
}

/**
 * How far the labelling of each project's instances is, by open slots: all open is unlabelled, none open and none lent is
 * complete, unless it waits for AI. An index answers it without reading the instances but those routed to AI.
 */
export async function countProgress(projects: { id: string; overlap: number }[]): Promise<Map<string, ProgressCounts>> {
  const counts = new Map(
    projects.map(({ id }) => [
      id,
      { instances: 0, labelable: 0, unlabelled: 0, inProgress: 0, waitingForAi: 0, complete: 0 },
    ]),
  );
  if (projects.length === 0) return counts;
  const overlaps = new Map(projects.map(({ id, overlap }) => [id, overlap]));
  const ids = [...overlaps.keys()];
  const groups = await prisma.$queryRaw<
    { projectId: string; isLabelable: boolean; openSlots: number; instances: number }[]
  >`
    select project_id as "projectId", is_labelable as "isLabelable", open_slots as "openSlots", count(*)::int as instances
    from instances where project_id = any(${ids}::uuid[]) group by 1, 2, 3`;
  for (const group of groups) {
    const count = counts.get(group.projectId)!;
    count.instances += group.instances;
    if (!group.isLabelable) continue;
    count.labelable += group.instances;
    if (group.openSlots === 0) count.complete += group.instances;
    else if (group.openSlots >= overlaps.get(group.projectId)!) count.unlabelled += group.instances;
    else count.inProgress += group.instances;
  }
  const lent = await prisma.$queryRaw<{ projectId: string; instances: number }[]>`
    select i.project_id as "projectId", count(distinct i.id)::int as instances
    from assignments a join instances i on i.project_id = a.project_id and i.id = a.instance_id
    where a.state = 'leased' and a.project_id = any(${ids}::uuid[]) and i.is_labelable and i.open_slots = 0 group by 1`;
  for (const { projectId, instances } of lent) {
    const count = counts.get(projectId)!;
    count.complete -= instances;
    count.inProgress += instances;
  }
  const waiting = await prisma.$queryRaw<{ projectId: string; instances: number }[]>`
    select i.project_id as "projectId", count(*)::int as instances from instances i
    where i.project_id = any(${ids}::uuid[]) and ${waitsForAi(ids)} group by 1`;
  for (const { projectId, instances } of waiting) {
    const count = counts.get(projectId)!;
    count.complete -= instances;
    count.waitingForAi += instances;
  }
  return counts;
}

/** Instances with at least one current label; demo labels do not count. */
async function countLabelled(projectId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select distinct instance_id from labels
      where project_id = ${projectId}::uuid and is_current and source in ('human', 'lm', 'rm', 'tool', 'reaction')
    ) as labelled`;
  return row.count;
}

async function countLabelsBySource(projectId: string): Promise<ProjectOverview["labels"]["bySource"]> {
  return await prisma.$queryRaw<ProjectOverview["labels"]["bySource"]>`
    select source, count(*)::int as labels from labels
    where project_id = ${projectId}::uuid and is_current group by source order by source`;
}

/** Labels that people gave here since midnight UTC. */
async function countLabelsToday(projectId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from labels
    where project_id = ${projectId}::uuid and user_id is not null and source = 'human' and is_current
      and created_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`;
  return row.count;
}
