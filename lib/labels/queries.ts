import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type Label } from "@/lib/db/generated/client";
import { labelSuggestion, type LabelView } from "./schema";

type LabelRow = Label & { user: { email: string } | null };

/** Names of a project's judges by id. */
export type JudgeNames = ReadonlyMap<string, string>;

/** How labels of a judge's version are signed. */
const judgeVersion = /^judge:([0-9a-f-]{36})@(\d+)$/;

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
  const names = await readJudgeNames(access.projectId, labels);
  const items = labels.slice(0, limit).map((label) => viewLabel(access, label, names));
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
  const names = await readJudgeNames(access.projectId, labels);
  return labels.map(({ instance, ...label }) => ({
    ...viewLabel(access, label, names),
    instance: { outsideId: instance.outsideId, completionIds: instance.completions.map(({ outsideId }) => outsideId) },
  }));
}

/** The names of the judges that gave some of these labels. */
export async function readJudgeNames(projectId: string, labels: { annotator: string }[]): Promise<JudgeNames> {
  const ids = new Set(labels.flatMap(({ annotator }) => judgeVersion.exec(annotator)?.[1] ?? []));
  if (ids.size === 0) return new Map();
  const judges = await prisma.judge.findMany({
    where: { projectId, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(judges.map(({ id, name }) => [id, name]));
}

/** A label as the API answers it. Addresses are for those who may read the members. */
export function viewLabel(access: Access<"instance:read">, label: LabelRow, judges: JudgeNames): LabelView {
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
    annotatorName: nameJudge(label.annotator, judges),
    sample: label.sample,
    revision: label.revision,
    isCurrent: label.isCurrent,
    payload: label.payload as Record<string, unknown>,
    rationale: label.rationale,
    isUnsure: label.isUnsure,
    suggestion: labelSuggestion.nullable().parse(label.suggestion),
    shownOrder: label.shownOrder.length > 0 ? label.shownOrder : null,
    schemaVersion: label.schemaVersion,
    guidelinesVersion: label.guidelinesVersion,
    activeMs: label.activeMs,
    costMicros: label.costMicros === null ? null : Number(label.costMicros),
    meta: label.meta,
    createdAt: label.createdAt.toISOString(),
  };
}

/** "Judge, version 2" for a label of a judge; null for others. */
export function nameJudge(annotator: string, judges: JudgeNames): string | null {
  const [, id = "", version] = judgeVersion.exec(annotator) ?? [];
  const name = judges.get(id);
  return name === undefined ? null : `${name}, version ${version}`;
}
