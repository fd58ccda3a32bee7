import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { refreshConsensus } from "@/lib/labels/consensus";
import { storeSubmission } from "@/lib/labels/submit";
import { currentSchema, type CurrentSchema } from "@/lib/projects/current-schema";
import type { TaskSchema } from "@/lib/projects/schema";
import { lookForRetraining } from "@/lib/reward/look-for-retraining";
import { say } from "@/lib/say";
import type { Shown } from "./answers/answer-type";
import { checkAnswers, refuseFaults } from "./answers/check-answers";
import { toLabels } from "./answers/to-labels";
import { storeDraft, submittedElsewhere } from "./draft";
import { storeFlag } from "./flag";
import { nextAssignment } from "./lease";
import { lockAssignment, type LockedAssignment } from "./lock-assignment";
import { readShown } from "./read-shown";
import type { Answers, SubmitInput, SubmitResponse } from "./schema";
import { hiddenTexts, sealedOf, sealFaults } from "./sealed";
import { asShown, readSuggested, suggestionOf } from "./suggestions";

/**
 * Stores a submission: its labels, the assignment, the consensus, all or nothing; then answers with the next
 * assignment. The same submissionId again changes nothing and gives the same answer. Throws `conflict` when the
 * assignment was submitted otherwise meanwhile, when its lease lapsed and all its slots are taken (the answers are then
 * kept as its draft), or when the questions have changed; `invalid` when the answers do not fit the questions.
 */
export async function submitAssignment(
  access: Access<"label:write">,
  id: string,
  input: SubmitInput,
): Promise<SubmitResponse> {
  const labels = await prisma.$transaction((db) => store(db, access, id, input));
  if (labels === "slots taken") {
    throw new AppError(
      "conflict",
      say`Your time on this assignment ran out and others have labelled its instance meanwhile. Your answers are kept as a draft; go on with the next assignment.`,
    );
  }
  await lookForRetraining(access.projectId);
  const next = await nextAssignment(access, { held: input.held.filter((one) => one !== id) });
  return { saved: { assignmentId: id, submissionId: input.submissionId, labels }, next };
}

/** The number of labels of this submission. */
async function store(
  db: Db,
  access: Access<"label:write">,
  id: string,
  input: SubmitInput,
): Promise<number | "slots taken"> {
  const { submissionId, revises } = input;
  const assignment = await lockAssignment(db, access, id);
  const stored = await countStored(db, access, assignment, submissionId);
  if (stored > 0 || assignment.submissionId === submissionId) return stored;
  const current = await currentSchema(db, access.projectId);
  refuseOldQuestions(current, input);
  if (assignment.isAskedAgain) refuseOldGuidelines(current, input);
  const shown = await readShown(db, access, assignment, current);
  checkAnswers(current.taskSchema, input.answers, input.reason, shown);
  const sealed = sealedOf(assignment, current.schemaVersion);
  refuseFaults(sealFaults(hiddenTexts(current.taskSchema, shown.instance, sealed), sealed, input.answers), "submitted");

  if (assignment.state === "submitted" ? revises !== assignment.submissionId : revises !== undefined)
    throw submittedElsewhere(revises);
  if (assignment.state !== "submitted" && assignment.state !== "leased") {
    if (assignment.openSlots === 0) {
      await storeFlag(db, access, id, input.flag);
      const { schemaVersion, answers, reason, isUnsure, activeMs } = input;
      await storeDraft(db, access, id, { schemaVersion, answers, reason, isUnsure, activeMs }, undefined);
      return "slots taken";
    }
    await db.$executeRaw`
      update instances set open_slots = open_slots - 1 where project_id = ${access.projectId}::uuid and id = ${assignment.instanceId}::uuid`;
  }
  const labels = await storeLabels(db, access, assignment, input, { ...current, shown, sealed });
  await storeFlag(db, access, id, input.flag);
  await refreshConsensus(db, access.projectId, [assignment.instanceId]);
  return labels;
}

async function countStored(
  db: Db,
  { projectId, userId }: Access<"label:write">,
  { instanceId }: LockedAssignment,
  submissionId: string,
): Promise<number> {
  const labels = await db.label.findMany({
    where: { projectId, submissionId },
    select: { instanceId: true, userId: true },
  });
  if (labels.some((label) => label.instanceId !== instanceId || label.userId !== userId)) {
    throw new AppError(
      "conflict",
      say`The submissionId ${submissionId} belongs to another submission. Make a new one for each.`,
    );
  }
  return labels.length;
}

function refuseOldQuestions(current: CurrentSchema, { schemaVersion, guidelinesVersion }: SubmitInput): void {
  if (schemaVersion !== current.schemaVersion) {
    throw new AppError(
      "conflict",
      say`The questions of this project have changed (version ${current.schemaVersion}; you answered version ${schemaVersion}). Reload the page and answer the new ones.`,
    );
  }
  if (guidelinesVersion > current.guidelinesVersion) {
    const newest = current.guidelinesVersion;
    throw new AppError(
      "invalid",
      say`Version ${guidelinesVersion} of the guidelines does not exist; the newest is ${newest}.`,
      { faults: [{ path: "guidelinesVersion", message: say`does not exist; the newest is ${newest}` }] },
    );
  }
}

/** What is asked again because the guidelines changed is to follow the new ones. */
function refuseOldGuidelines({ guidelinesVersion }: CurrentSchema, input: SubmitInput): void {
  if (input.guidelinesVersion >= guidelinesVersion) return;
  throw new AppError(
    "conflict",
    say`The guidelines have changed (version ${guidelinesVersion}; your page shows version ${input.guidelinesVersion}), and this is asked for again because of it. Reload the page, read them and submit again.`,
  );
}

async function storeLabels(
  db: Db,
  access: Access<"label:write">,
  assignment: LockedAssignment,
  input: SubmitInput,
  { taskSchema, shown, sealed }: CurrentSchema & { shown: Shown; sealed: Answers },
): Promise<number> {
  const { projectId, userId } = access;
  const activeMs = Math.round(Math.min(input.activeMs, Math.max(0, assignment.elapsedMs)));
  const { answered, labels: given } = toLabels(taskSchema, input.answers, shown.order);
  const suggested = asShown(await readSuggested(db, projectId, assignment.suggestions), taskSchema, shown);
  const labels = await storeSubmission(
    db,
    { projectId, userId, instanceId: assignment.instanceId },
    {
      submissionId: input.submissionId,
      answered,
      labels: given.map((label) => ({ ...label, suggestion: suggestionOf(label, suggested) })),
      rationale: input.reason.trim() === "" ? null : input.reason,
      isUnsure: input.isUnsure,
      confirmed: assignment.isAskedAgain
        ? await confirmedOf(db, access, assignment, { taskSchema, sealed, ...input })
        : [],
      shownOrder: shown.order,
      schemaVersion: input.schemaVersion,
      guidelinesVersion: input.guidelinesVersion,
      activeMs,
    },
  );
  const followed =
    assignment.state === "submitted" && !assignment.isAskedAgain
      ? Prisma.empty
      : Prisma.sql`schema_version = ${input.schemaVersion}::int, guidelines_version = ${input.guidelinesVersion}::int,`;
  await db.$executeRaw`
    update assignments set state = 'submitted', ${followed} submission_id = ${input.submissionId}::uuid, draft = null, skip_reason = null,
      shown_order = ${shown.order}::int[], active_ms = active_ms + ${activeMs}::int,
      submitted_at = coalesce(submitted_at, now()), updated_at = now()
    where project_id = ${projectId}::uuid and id = ${assignment.id}::uuid`;
  await db.$executeRaw`
    update relabel_asks set answered_at = now()
    where project_id = ${projectId}::uuid and assignment_id = ${assignment.id}::uuid and answered_at is null`;
  return labels;
}

/**
 * The questions that a submission which was asked for answers anew, changed or not. What revealed a text could not be
 * thought over: it stays an answer under the versions of its time, unless the text was hidden again by a newer task
 * schema and it was given once more.
 */
async function confirmedOf(
  db: Db,
  { projectId, userId }: Access<"label:write">,
  { instanceId }: LockedAssignment,
  { taskSchema, sealed, schemaVersion }: { taskSchema: TaskSchema; sealed: Answers; schemaVersion: number },
): Promise<string[]> {
  const older = await db.label.findMany({
    where: {
      ...{ projectId, instanceId, userId, source: "human", isCurrent: true },
      ...{ question: { in: Object.keys(sealed) }, schemaVersion: { lt: schemaVersion } },
    },
    select: { question: true },
  });
  return taskSchema.questions.flatMap(({ id }) =>
    Object.hasOwn(sealed, id) && older.every(({ question }) => question !== id) ? [] : [id],
  );
}
