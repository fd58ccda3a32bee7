import type { Db } from "@/lib/db/client";

/**
 * Makes everything one person does with assignments take turns, whatever tabs it comes from. Taken before any instance
 * is locked: a claim that overlapped a submission would not see it, and lend the same instance to the same person again.
 */
export async function lockAnnotator(db: Db, userId: string): Promise<void> {
  await db.$queryRaw`select from users where id = ${userId}::uuid for no key update`;
}
