import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type Label } from "@/lib/db/generated/client";
import type { LabelView } from "./schema";

type LabelRow = Label & { user: { email: string } | null };

/** All label revisions of a project in the order they were stored. */
export async function listLabels(
  access: Access<"instance:read">,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ items: LabelView[]; nextCursor: string | null }> {
  const labels = await prisma.label.findMany({
    where: { projectId: access.projectId, id: cursor === undefined ? Prisma.skip : { gt: cursor } },
    include: { user: { select: { email: true } } },
    orderBy: { id: "asc" },
    take: limit + 1,
  });
  const items = labels.slice(0, limit).map((label) => viewLabel(access, label));
  return { items, nextCursor: labels.length > limit ? items.at(-1)!.id : null };
}

export type LabelOfInstance = LabelView & { instance: { outsideId: string; completionIds: string[] } };

/** The newest label revisions of a project, newest first, with what names their instance and its completions. */
export async function listNewestLabels(access: Access<"instance:read">, limit: number): Promise<LabelOfInstance[]> {
  const labels = await prisma.label.findMany({
    where: { projectId: access.projectId },
    include: {
      user: { select: { email: true } },
      instance: {
        select: { outsideId: true, completions: { select: { outsideId: true }, orderBy: { index: "asc" } } },
      },
    },
    orderBy: { id: "desc" },
    take: limit,
  });
  return labels.map(({ instance, ...label }) => ({
    ...viewLabel(access, label),
    instance: { outsideId: instance.outsideId, completionIds: instance.completions.map(({ outsideId }) => outsideId) },
  }));
}

/** A label as the API answers it. Addresses are for those who may read the members. */
export function viewLabel(access: Access<"instance:read">, label: LabelRow): LabelView {
  return {
    id: label.id,
    instanceId: label.instanceId,
    submissionId: label.submissionId,
    question: label.question,
    type: label.type,
    aspect: label.aspect,
    target: label.target,
    source: label.source,
    annotator: label.annotator,
    annotatorEmail: roleAllows(access.role, "member:read") ? (label.user?.email ?? null) : null,
    sample: label.sample,
    revision: label.revision,
    isCurrent: label.isCurrent,
    payload: label.payload as Record<string, unknown>,
    rationale: label.rationale,
    shownOrder: label.shownOrder.length > 0 ? label.shownOrder : null,
    schemaVersion: label.schemaVersion,
    guidelinesVersion: label.guidelinesVersion,
    activeMs: label.activeMs,
    meta: label.meta,
    createdAt: label.createdAt.toISOString(),
  };
}
