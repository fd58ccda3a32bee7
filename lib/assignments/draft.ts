import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma, type AssignmentState } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { storeFlag } from "./flag";
import { noSuchAssignment } from "./queries";
import type { DraftInput, DraftResponse } from "./schema";

/**
 * Keeps answers that are not submitted yet. Whoever is writing is at work, so the lease of a leased assignment is
 * extended; one that was let go or taken back keeps the draft without a lease. Throws `conflict` when the assignment
 * was submitted by somebody who saw another state of it, such as another tab. A stored draft that was written later
 * than this one stays, with its flag; the answer is then the same.
 */
export async function saveDraft(
  access: Access<"label:write">,
  id: string,
  { revises, flag, ...draft }: DraftInput,
): Promise<DraftResponse> {
  const saved = await prisma.$transaction(async (db) => {
    const stored = await storeDraft(db, access, id, draft, revises);
    if (stored?.isKept) await storeFlag(db, access, id, flag);
    return stored?.response;
  });
  if (saved) return saved;
  const found = await prisma.assignment.findFirst({
    where: { projectId: access.projectId, id, annotatorId: access.userId },
  });
  throw found ? submittedElsewhere(revises) : noSuchAssignment(access, id);
}

/**
 * Whether the draft is kept, which it is unless one of these questions that was written later is stored. Null when the
 * assignment is not this person's or its submission is not the one that the draft corrects.
 */
export async function storeDraft(
  db: Db,
  { projectId, userId }: Access<"label:write">,
  id: string,
  draft: Omit<DraftInput, "revises" | "flag">,
  revises: string | undefined,
): Promise<{ isKept: boolean; response: DraftResponse } | null> {
  const { schemaVersion, writtenAt = null } = draft;
  const text = JSON.stringify(draft);
  const isOlder = Prisma.sql`(a.draft ->> 'writtenAt')::timestamptz > ${writtenAt}::timestamptz and (a.draft ->> 'schemaVersion')::int >= ${schemaVersion}::int`;
  const [row] = await db.$queryRaw<{ state: AssignmentState; leaseUntil: Date; savedAt: Date; isKept: boolean }[]>`
    update assignments a set draft = case when ${isOlder} then a.draft else ${text}::jsonb end, updated_at = now(),
      lease_until = case when a.state = 'leased' then now() + make_interval(secs => p.lease_seconds) else a.lease_until end
    from projects p
    where p.id = a.project_id and a.project_id = ${projectId}::uuid and a.id = ${id}::uuid and a.annotator_id = ${userId}::uuid
      and case when a.state = 'submitted' then a.submission_id = ${revises ?? null}::uuid else ${revises === undefined} end
    returning a.state, a.lease_until as "leaseUntil", a.updated_at as "savedAt", a.draft = ${text}::jsonb as "isKept"`;
  if (!row) return null;
  const { isKept, state, leaseUntil, savedAt } = row;
  return { isKept, response: { state, leaseUntil: leaseUntil.toISOString(), savedAt: savedAt.toISOString() } };
}

export function submittedElsewhere(revises: string | undefined): AppError {
  return new AppError(
    "conflict",
    revises === undefined
      ? say`This assignment was already submitted, in another tab or window. Its answers are stored; to correct them, open it from the history and save a revision.`
      : say`The submission that you are correcting is no longer the newest of this assignment: it was corrected in another tab or window. Open it from the history again to see what counts now.`,
  );
}
