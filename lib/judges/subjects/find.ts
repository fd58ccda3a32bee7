import { stepCutOf, stepsOf } from "@/lib/assignments/shown";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { instanceConditions } from "@/lib/instances/filter";
import type { Message } from "@/lib/instances/schema";
import { currentSchema } from "@/lib/projects/current-schema";
import type { FoundSubject, SubjectQuery, SubjectView } from "./schema";

/** Code points of a prompt that are shown. */
const excerptLength = 300;

/** An instance that judges can be asked about: its completions have texts and none of it is an image. */
export async function findSubject(access: Access<"judge:manage">, query: SubjectQuery): Promise<FoundSubject> {
  const { projectId } = access;
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  const filters = query.q === undefined ? {} : { q: query.q };
  const where = [
    ...instanceConditions({ projectId, overlap, filters }),
    ...[Prisma.sql`i.is_labelable`, Prisma.sql`not i.has_images`],
  ];
  const id = query.random === undefined ? await findBeside(where, query) : await drawOne(where);
  return { item: id === null ? null : await viewSubject(projectId, id) };
}

async function findBeside(where: Prisma.Sql[], { after, before }: SubjectQuery): Promise<string | null> {
  const beside = [
    ...(after === undefined ? [] : [Prisma.sql`i.id > ${after}::uuid`]),
    ...(before === undefined ? [] : [Prisma.sql`i.id < ${before}::uuid`]),
  ];
  const order = before === undefined ? Prisma.sql`i.id` : Prisma.sql`i.id desc`;
  const [row] = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i where ${Prisma.join([...where, ...beside], " and ")} order by ${order} limit 1`;
  return row?.id ?? null;
}

async function drawOne(where: Prisma.Sql[]): Promise<string | null> {
  const fits = Prisma.join(where, " and ");
  const [row] = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i where ${fits} order by i.id
    offset (select floor(random() * count(*)) from instances i where ${fits}) limit 1`;
  return row?.id ?? null;
}

async function viewSubject(projectId: string, id: string): Promise<SubjectView> {
  const { taskSchema } = await currentSchema(prisma, projectId);
  const row = await prisma.instance.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
    select: {
      ...{ outsideId: true, prompt: true, messages: true, reference: true },
      completions: {
        select: { outsideId: true, text: true, steps: true, hasSteps: true },
        orderBy: { index: "asc" },
      },
    },
  });
  const prompt = row.prompt ?? (row.messages as Message[] | null)?.at(-1)?.content ?? "";
  const cut = stepCutOf(taskSchema);
  return {
    ...{ id, outsideId: row.outsideId, hasReference: row.reference !== null },
    excerpt: Array.from(prompt).slice(0, excerptLength).join(""),
    completions: row.completions.map((completion) => ({
      outsideId: completion.outsideId,
      // Only instances all of whose completions have texts can be labelled.
      text: completion.text!,
      steps: cut === undefined ? [] : stepsOf(completion, cut),
    })),
  };
}
