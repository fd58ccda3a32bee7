import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";

/** Whether anybody has answered anything in the project; demo labels answer nothing. */
export async function hasLabels({ projectId }: Access<"project:update">): Promise<boolean> {
  const [row] = await prisma.$queryRaw<[{ exists: boolean }]>`
    select exists (select from labels where project_id = ${projectId}::uuid and source <> 'demo') as exists`;
  return row.exists;
}
