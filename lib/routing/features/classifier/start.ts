import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun } from "@/lib/jobs/runs";
import { chosenEncoder } from "@/lib/reward/encoder-choice";
import { say } from "@/lib/say";
import { methodBy } from "./method";
import { classifierRunResult, fewestTagged, type ClassifierState } from "./schema";
import { countTaggedPrompts } from "./tagged-prompts";

/**
 * Starts a run that learns tags from the prompts that have some, and tags the instances that have none; one that waits or
 * works already is answered instead of a second. Throws `conflict` while too few prompts have tags.
 */
export async function startClassifier(access: Access<"routing:manage">): Promise<{ id: string }> {
  const { projectId, slug } = access;
  requireTagged(await countTaggedPrompts(projectId));
  return await prisma.$transaction(async (db) => {
    const live = await db.run.findFirst({
      where: { projectId, kind: "tag-classifier", state: { in: ["queued", "running"] }, cancelRequestedAt: null },
      select: { id: true },
      orderBy: { id: "desc" },
    });
    if (live) return live;
    await recordAudit(db, access, { action: "routing.tag-classifier", target: slug, projectId });
    return await createRun(db, access, { kind: "tag-classifier", payload: {} });
  });
}

/** Throws `conflict` where a classifier has too little to learn from. */
export function requireTagged(prompts: number): void {
  if (prompts >= fewestTagged) return;
  throw new AppError(
    "conflict",
    say`${prompts} prompts have tags, and a classifier needs ${fewestTagged}. Let a judge that is a language model tag some instances first.`,
  );
}

/** How far the classifier has tagged the instances of a project, and how well it names each dimension. */
export async function getClassifier({ projectId }: Access<"routing:read">): Promise<ClassifierState> {
  const runs = { projectId, kind: "tag-classifier" };
  const [encoder, prompts, tagged, untagged, newest, succeeded] = await Promise.all([
    chosenEncoder(prisma, projectId),
    countTaggedPrompts(projectId),
    countTagged(projectId),
    countBare(projectId),
    prisma.run.findFirst({ where: runs, select: { id: true }, orderBy: { id: "desc" } }),
    prisma.run.findFirst({ where: { ...runs, state: "succeeded" }, select: { result: true }, orderBy: { id: "desc" } }),
  ]);
  return {
    ...{ method: methodBy(encoder), prompts, fewest: fewestTagged, tagged, untagged },
    dimensions: succeeded === null ? null : classifierRunResult.parse(succeeded.result).dimensions,
    runId: newest?.id ?? null,
  };
}

/** Instances whose tags are a classifier's alone. */
async function countTagged(projectId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select from instance_tags where project_id = ${projectId}::uuid
      group by instance_id having bool_and(source = 'tool')) as tagged`;
  return row.count;
}

/** Instances without any tags. */
async function countBare(projectId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i
    where i.project_id = ${projectId}::uuid and i.is_labelable and not exists (
      select from instance_tags t where t.project_id = i.project_id and t.instance_id = i.id)`;
  return row.count;
}
