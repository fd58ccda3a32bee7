import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { featuresVersion } from "./version";

/** Of `instances i`, those whose numbers of this version are still to be computed. */
export function lacksFeatures(projectId: string, version: string): Prisma.Sql {
  return Prisma.sql`i.project_id = ${projectId}::uuid and i.is_labelable and not exists (
    select from routing_features f where f.project_id = i.project_id and f.instance_id = i.id and f.version = ${version})`;
}

/** How many instances have no numbers of the current version. */
export async function countMissing(projectId: string): Promise<number> {
  const version = await featuresVersion(prisma, projectId);
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where ${lacksFeatures(projectId, version)}`;
  return row.count;
}
