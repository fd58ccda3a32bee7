import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { letGo } from "./let-go";
import { nextAssignment } from "./lease";
import type { SkipInput, SkipResponse } from "./schema";

/**
 * Gives an instance that this person does not want to judge to somebody else, for good, and answers with the next one.
 * Skipping twice is the same as once. Throws `conflict` for one that is submitted.
 */
export async function skipAssignment(
  access: Access<"label:write">,
  id: string,
  { reason, held }: SkipInput,
): Promise<SkipResponse> {
  const state = await prisma.$transaction((db) => letGo(db, access, id, { state: "skipped", reason: reason ?? null }));
  if (state === "submitted") {
    throw new AppError(
      "conflict",
      "This assignment was already submitted, so it cannot be skipped. To correct it, open it from the history and save a revision.",
    );
  }
  return { next: await nextAssignment(access, { held: held.filter((one) => one !== id) }) };
}
