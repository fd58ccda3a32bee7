import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun } from "@/lib/jobs/runs";
import { say } from "@/lib/say";
import { countMissing } from "./missing";
import { readAllFeatures } from "./read";
import type { FeaturesState, InstanceFeaturesView } from "./schema";
import { featuresVersion } from "./version";

/** Starts a run that measures the texts of instances; one that waits or works already is answered instead of a second. */
export async function startFeatures(access: Access<"routing:manage">): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    const live = await db.run.findFirst({
      where: { projectId, kind: "routing-features", state: { in: ["queued", "running"] }, cancelRequestedAt: null },
      select: { id: true },
      orderBy: { id: "desc" },
    });
    if (live) return live;
    await recordAudit(db, access, { action: "routing.features", target: slug, projectId });
    return await createRun(db, access, { kind: "routing-features", payload: {} });
  });
}

/** How many instances have the numbers of their texts, and how many still lack them. */
export async function getFeatures({ projectId }: Access<"routing:read">): Promise<FeaturesState> {
  const version = await featuresVersion(prisma, projectId);
  const [computed, pending, run] = await Promise.all([
    prisma.routingFeatures.count({ where: { projectId, version } }),
    countMissing(projectId),
    prisma.run.findFirst({
      where: { projectId, kind: "routing-features" },
      select: { id: true },
      orderBy: { id: "desc" },
    }),
  ]);
  return { version, computed, pending, runId: run?.id ?? null };
}

/** What routing knows of one instance now. Throws `not_found`. */
export async function getInstanceFeatures(access: Access<"routing:read">, id: string): Promise<InstanceFeaturesView> {
  const { projectId, slug } = access;
  if ((await prisma.instance.count({ where: { projectId, id } })) === 0)
    throw new AppError("not_found", say`There is no instance ${id} in project ${slug}.`);
  const version = await featuresVersion(prisma, projectId);
  const { numbers, tags } = await readAllFeatures(prisma, projectId, id);
  return { version, numbers, tags };
}
