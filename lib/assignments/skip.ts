import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { storeFlag } from "./flag";
import { letGo } from "./let-go";
import { nextAssignment } from "./lease";
import { noSuchAssignment } from "./queries";
import type { SkipInput, SkipResponse } from "./schema";

/**
 * Gives an instance that this person does not want to judge to somebody else, for good, and answers with the next one.
 * Skipping twice is the same as once. Throws `conflict` for one that is submitted.
 */
export async function skipAssignment(
  access: Access<"label:write">,
  id: string,
  { reason, flag, held }: SkipInput,
): Promise<SkipResponse> {
  const state = await prisma.$transaction(async (db) => {
    // Behind the lock of the instance, which everybody takes before that of an assignment.
    const before = await letGo(db, access, id, { state: "skipped", reason: reason ?? null });
    await storeFlag(db, access, id, flag);
    return before;
  });
  if (state === "submitted") {
    throw new AppError(
      "conflict",
      say`This assignment was already submitted, so it cannot be skipped. To correct it, open it from the history and save a revision.`,
    );
  }
  return { next: await nextAssignment(access, { held: held.filter((one) => one !== id) }) };
}

/** Says afterwards why one of my assignments was skipped. Throws `conflict` for one that is not skipped any more. */
export async function explainSkip(access: Access<"label:write">, id: string, reason: string): Promise<void> {
  const mine = { projectId: access.projectId, id, annotatorId: access.userId };
  const data = { skipReason: reason === "" ? null : reason };
  const { count } = await prisma.assignment.updateMany({ where: { ...mine, state: "skipped" }, data });
  if (count > 0) return;
  if ((await prisma.assignment.count({ where: mine })) === 0) throw noSuchAssignment(access, id);
  throw new AppError(
    "conflict",
    say`This assignment is not skipped any more, so the reason was not stored. Write it with the answers instead.`,
  );
}
