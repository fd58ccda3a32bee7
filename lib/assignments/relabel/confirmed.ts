import { Prisma } from "@/lib/db/generated/client";

/** How many submissions a person gave anew since this time because they were asked again. It is work like a first submission. */
export function confirmedSince(
  projectId: string,
  userId: string,
  since: Prisma.Sql,
  before = Prisma.sql`'infinity'`,
): Prisma.Sql {
  return Prisma.sql`(select count(distinct (assignment_id, answered_at))::int from relabel_asks
    where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and answered_at >= ${since} and answered_at < ${before})`;
}
