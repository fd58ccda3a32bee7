import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { currentSchema } from "@/lib/projects/current-schema";
import { checkAnswer } from "./answers/check-answers";
import { getAssignment, noSuchAssignment } from "./queries";
import type { AssignmentView, RevealInput } from "./schema";
import { orderShown, shownIn } from "./shown";

/**
 * Stores an answer for good and shows the texts that it reveals. The first answer stays, whatever a repetition says.
 * Throws `invalid` when nothing waits for the question or its answer is not whole, `conflict` when the questions have
 * changed.
 */
export async function revealTexts(
  access: Access<"label:write">,
  id: string,
  { schemaVersion, question: asked, answer }: RevealInput,
): Promise<AssignmentView> {
  const { projectId, userId } = access;
  const current = await currentSchema(prisma, projectId);
  if (schemaVersion !== current.schemaVersion)
    throw new AppError(
      "conflict",
      `The questions of this project have changed (version ${current.schemaVersion}; you answered version ${schemaVersion}). Reload the page and answer the new ones.`,
    );
  const { taskSchema } = current;
  const question = taskSchema.questions.find((one) => one.id === asked);
  if (!question || !taskSchema.reveal?.some(({ after }) => after === asked)) {
    const message = `reveals nothing in this project`;
    throw new AppError("invalid", `The question ${asked} ${message}.`, { faults: [{ path: "question", message }] });
  }
  const assignment = await prisma.assignment.findFirst({
    where: { projectId, id, annotatorId: userId },
    include: {
      instance: {
        select: {
          prompt: true,
          completions: { select: { index: true, text: true, steps: true, hasSteps: true } },
        },
      },
    },
  });
  if (!assignment) throw noSuchAssignment(access, id);
  const { instance, seed, shownOrder: before } = assignment;
  const order = orderShown({ seed, completions: instance.completions.length, taskSchema, before });
  checkAnswer(question, answer, shownIn(order, instance, taskSchema));
  const sealed = JSON.stringify({ schemaVersion, answers: { [asked]: answer } });
  await prisma.$executeRaw`
    update assignments set updated_at = now(), sealed_answers = case
      when (sealed_answers ->> 'schemaVersion')::int = ${schemaVersion}::int
      then jsonb_set(sealed_answers, '{answers}', (${sealed}::jsonb -> 'answers') || (sealed_answers -> 'answers'))
      else ${sealed}::jsonb end
    where project_id = ${projectId}::uuid and id = ${id}::uuid and annotator_id = ${userId}::uuid`;
  return await getAssignment(access, id);
}
