import type { AuditEvent } from "@/lib/db/generated/client";
import { prisma } from "@/lib/db/client";
import type { Access, GlobalAccess } from "./access";
import { factsOfFile, type ExportFile } from "./audit";
import type { AuditAction, AuditEventList, AuditEventView, AuditQuery, ProjectAuditQuery } from "./schema";
import { tellEvent } from "./tell-event";

type Fact = AuditEventView["detail"][string];

/** What was done on the whole site, newest first; `project` narrows it to one that still exists. */
export async function listAuditEvents(
  access: GlobalAccess<"audit:read">,
  { project, ...query }: AuditQuery,
): Promise<AuditEventList> {
  if (project === undefined) return await list(null, query);
  const found = await prisma.project.findUnique({ where: { slug: project }, select: { id: true } });
  return found ? await list(found.id, query) : { items: [], nextCursor: null };
}

/** What was done in a project, newest first. */
export async function listProjectAuditEvents(
  access: Access<"project:audit">,
  query: ProjectAuditQuery,
): Promise<AuditEventList> {
  return await list(access.projectId, query);
}

async function list(projectId: string | null, { action, cursor, limit }: ProjectAuditQuery): Promise<AuditEventList> {
  // Ids are made of the time, so their order is the order of events.
  const rows = await prisma.auditEvent.findMany({
    where: { ...(projectId && { projectId }), ...(action && { action }), ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const slugs = await findSlugs(shown);
  const items = shown.map((row) => tellEvent(toView(row, slugs)));
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

async function findSlugs(events: AuditEvent[]): Promise<Map<string, string>> {
  const ids = [...new Set(events.flatMap(({ projectId }) => projectId ?? []))];
  const projects = await prisma.project.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true } });
  return new Map(projects.map(({ id, slug }) => [id, slug]));
}

function toView(event: AuditEvent, slugs: Map<string, string>): AuditEventView {
  return {
    id: event.id,
    at: event.at.toISOString(),
    actor: event.actor,
    action: event.action as AuditAction,
    target: event.target,
    projectSlug: (event.projectId !== null && slugs.get(event.projectId)) || null,
    detail: readDetail(event.detail as Record<string, Fact | ExportFile>),
  };
}

/** Events of older releases name the file that is offered first as a whole. */
function readDetail(detail: Record<string, Fact | ExportFile>): AuditEventView["detail"] {
  return Object.fromEntries(
    Object.entries(detail).flatMap(([fact, value]): [string, Fact][] =>
      value !== null && typeof value === "object" ? Object.entries(factsOfFile(value)) : [[fact, value]],
    ),
  );
}
