import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { currentSchema } from "@/lib/projects/current-schema";
import type { Reveal, TaskSchema } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import { canonicalJson } from "@/lib/text/canonical";
import { checkAnswer } from "./answers/check-answers";
import { lockAssignment } from "./lock-assignment";
import { getAssignment } from "./queries";
import { readShown } from "./read-shown";
import type { AssignmentView, RevealInput } from "./schema";
import { hiddenTexts, sealedOf } from "./sealed";

/**
 * Stores an answer for good and shows the texts that it reveals. The same answer again changes nothing. Throws `invalid`
 * when nothing waits for the question, when an earlier one has to be answered first or the answer is not whole;
 * `conflict` when another answer revealed the texts or the questions have changed.
 */
export async function revealTexts(
  access: Access<"label:write">,
  id: string,
  input: RevealInput,
): Promise<AssignmentView> {
  await prisma.$transaction((db) => seal(db, access, id, input));
  return await getAssignment(access, id);
}

async function seal(
  db: Db,
  access: Access<"label:write">,
  id: string,
  { schemaVersion, question: asked, answer }: RevealInput,
): Promise<void> {
  const assignment = await lockAssignment(db, access, id);
  const current = await currentSchema(db, access.projectId);
  if (schemaVersion !== current.schemaVersion)
    throw new AppError(
      "conflict",
      say`The questions of this project have changed (version ${current.schemaVersion}; you answered version ${schemaVersion}). Reload the page and answer the new ones.`,
    );
  const sealed = sealedOf(assignment, schemaVersion);
  if (Object.hasOwn(sealed, asked)) {
    if (canonicalJson(sealed[asked]) === canonicalJson(answer)) return;
    throw new AppError(
      "conflict",
      say`Your answer to ${asked} has revealed a text and stays as it was then. Reload the page to see it and go on.`,
    );
  }
  const { taskSchema } = current;
  const shown = await readShown(db, access, assignment, current);
  refuseOutOfTurn(taskSchema, hiddenTexts(taskSchema, shown.instance, sealed), asked);
  checkAnswer(
    taskSchema.questions.find((one) => one.id === asked)!,
    answer,
    shown,
  );
  await db.$executeRaw`
    update assignments set updated_at = now(),
      sealed_answers = ${JSON.stringify({ schemaVersion, answers: { ...sealed, [asked]: answer } })}::jsonb
    where project_id = ${access.projectId}::uuid and id = ${id}::uuid`;
}

/** An answer given before its turn would stay, although what is asked before it reveals texts that may change it. */
function refuseOutOfTurn({ questions }: TaskSchema, hidden: readonly Reveal[], asked: string): void {
  const refuse = (message: string, fault: string) => {
    throw new AppError("invalid", message, { faults: [{ path: "question", message: fault }] });
  };
  if (!hidden.some(({ after }) => after === asked))
    refuse(say`The question ${asked} reveals nothing in this assignment.`, say`reveals nothing in this assignment`);
  const next = questions.find(({ id }) => hidden.some(({ after }) => after === id))!;
  if (next.id !== asked)
    refuse(
      say`The question ${asked} comes after ${next.id}, which reveals a text too; answer that first.`,
      say`comes after ${next.id}, which reveals a text too; answer that first`,
    );
}
