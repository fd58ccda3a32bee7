import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { instanceConditions } from "@/lib/instances/filter";
import type { Message } from "@/lib/instances/schema";
import { taggerVersion, type Tagged } from "../protocols/tagger";
import { annotatorOf } from "../queries";
import type { Scope } from "../select";

type Tagger = { projectId: string; judgeId: string; version: number };

/** An instance as a tagger reads it. */
export type TagSubject = Tagged & { instanceId: string; contentHash: string };

/** The next instances, after an id, that this version of a judge has not tagged, in the order of ids. */
export async function findUntagged(
  tagger: Tagger,
  scope: Scope,
  { after, limit }: { after: string | null; limit: number },
): Promise<TagSubject[]> {
  const where = await untagged(tagger, scope);
  if (after !== null) where.push(Prisma.sql`i.id > ${after}::uuid`);
  const rows = await prisma.$queryRaw<TagRow[]>`
    select i.id::text, i.content_hash as "contentHash", i.prompt, i.messages, i.context
    from instances i where ${Prisma.join(where, " and ")} order by i.id limit ${limit}`;
  return rows.map(({ id, contentHash, prompt, messages, context }) => ({
    ...{ instanceId: id, contentHash, context },
    conversation: messages ?? [{ role: "user", content: prompt ?? "" }],
  }));
}

type TagRow = {
  id: string;
  contentHash: string;
  prompt: string | null;
  messages: Message[] | null;
  context: string | null;
};

export async function countUntagged(tagger: Tagger, scope: Scope): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where ${Prisma.join(await untagged(tagger, scope), " and ")}`;
  return row.count;
}

export async function countTagged(tagger: Tagger): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(distinct instance_id)::int as count from instance_tags where ${byTagger(tagger)}`;
  return row.count;
}

/** Texts that may be shown to nobody, and what is said with images, go to no model. */
async function untagged(tagger: Tagger, { instances, filter }: Scope): Promise<Prisma.Sql[]> {
  const { projectId } = tagger;
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  const where = instanceConditions({ projectId, overlap, filters: filter ?? {} });
  if (instances !== undefined) where.push(Prisma.sql`i.id = any(${instances}::uuid[])`);
  return [
    ...where,
    Prisma.sql`i.is_labelable and not i.has_images`,
    Prisma.sql`not exists (select from instance_tags where ${byTagger(tagger)} and instance_id = i.id)`,
  ];
}

function byTagger(tagger: Tagger): Prisma.Sql {
  return Prisma.sql`project_id = ${tagger.projectId}::uuid and source = 'lm' and annotator = ${annotatorOf(tagger)}
    and method = ${taggerVersion}`;
}
