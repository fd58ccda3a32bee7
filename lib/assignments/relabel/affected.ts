import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { TaskSchema } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { currentVersions, olderAnswer, olderGuidelines, type CurrentVersions } from "./older";
import type { AffectedView } from "./schema";

/** What of the submissions follows an older version of a question or of the guidelines. */
export async function readAffected({ projectId }: Access<"project:update">): Promise<AffectedView> {
  const versions = await currentVersions(prisma, projectId);
  const { questions, guidelinesVersion } = versions;
  return {
    questions: await Promise.all(
      questions.map(async (one) => ({
        ...{ id: one.question.id, name: nameOfQuestion(one.question), since: one.since },
        ...(await count(projectId, toAskAnswers([one]))),
      })),
    ),
    guidelines: { since: guidelinesVersion, ...(await count(projectId, toAskGuidelines(versions))) },
  };
}

/** How many submissions a set could ask for again because of a question, once this task schema is saved. */
export async function countAffected(projectId: string, next: TaskSchema, id: string): Promise<number> {
  const { questions } = await currentVersions(prisma, projectId, next);
  return (await count(projectId, toAskAnswers(questions.filter(({ question }) => question.id === id)))).submissions;
}

/**
 * Whether there is something about these questions to ask the annotator of assignment `a` for: an answer of theirs is of
 * an older version, and no set asks for it already.
 */
export function toAskAnswers(questions: CurrentVersions["questions"]): Prisma.Sql {
  return olderAnswer(questions, Prisma.sql`not ${isAsked(Prisma.sql`q.id = any(s.questions)`)}`);
}

/** The same for what they said under older guidelines. */
export function toAskGuidelines(versions: CurrentVersions): Prisma.Sql {
  return Prisma.sql`${olderGuidelines(versions)} and not ${isAsked(Prisma.sql`s.questions = '{}'`)}`;
}

/** Whether a set of this kind waits for assignment `a`. */
function isAsked(kind: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (
    select from relabel_asks r join relabel_sets s on s.project_id = r.project_id and s.id = r.relabel_set_id
    where r.project_id = a.project_id and r.assignment_id = a.id and r.answered_at is null and ${kind})`;
}

/** Assignments that can be asked for again: submitted by a member, of an instance that people can still be asked about. */
export function askable(projectId: string): Prisma.Sql {
  return Prisma.sql`
    from assignments a
      join instances i on i.project_id = a.project_id and i.id = a.instance_id and i.is_labelable
      join members m on m.project_id = a.project_id and m.user_id = a.annotator_id
    where a.project_id = ${projectId}::uuid and a.state = 'submitted'`;
}

async function count(projectId: string, condition: Prisma.Sql): Promise<{ submissions: number; people: number }> {
  const [row] = await prisma.$queryRaw<[{ submissions: number; people: number }]>`
    select count(*)::int as submissions, count(distinct a.annotator_id)::int as people ${askable(projectId)} and ${condition}`;
  return row;
}
