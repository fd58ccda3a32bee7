import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { nameJudge, readJudgeNames } from "@/lib/labels/queries";
import { noSuchModel } from "../queries";
import type { NamedAnnotator, SuspectList, SuspectListQuery } from "./schema";

/**
 * The doubtful labels of a version, the most doubtful first. Throws `not_found` for a version of another project, too.
 */
export async function listSuspects(
  access: Access<"reward:read">,
  modelId: string,
  { kind, annotator, offset, limit }: SuspectListQuery,
): Promise<SuspectList> {
  const { projectId, slug } = access;
  const model = await prisma.rewardModel.count({ where: { projectId, id: modelId } });
  if (model === 0) throw noSuchModel(slug, modelId);
  const where = { projectId, modelId, kind, ...(annotator === undefined ? {} : { annotators: { has: annotator } }) };
  const [total, counts, rows] = await Promise.all([
    prisma.rewardSuspect.count({ where }),
    countByAnnotator(projectId, modelId, kind),
    prisma.rewardSuspect.findMany({
      where,
      include: { instance: { select: { outsideId: true } } },
      orderBy: { rank: "asc" },
      skip: offset,
      take: limit,
    }),
  ]);
  const names = await nameAnnotators(
    access,
    counts.map(({ annotator }) => annotator),
  );
  const items = rows.map(({ instance, annotators, rank, instanceId, question, target, answer, mu, sd, wrong }) => ({
    ...{ kind, rank, instanceId, question, target, mu, sd, wrong, outsideId: instance.outsideId },
    answer: answer as 0 | 1,
    annotators: annotators.map((one) => names.get(one)!),
  }));
  return { items, total, annotators: counts.map((count) => ({ ...count, ...names.get(count.annotator)! })) };
}

async function countByAnnotator(
  projectId: string,
  modelId: string,
  kind: SuspectListQuery["kind"],
): Promise<{ annotator: string; labels: number }[]> {
  return await prisma.$queryRaw`
    select annotator, count(*)::int as labels from reward_suspects, unnest(annotators) annotator
    where project_id = ${projectId}::uuid and model_id = ${modelId}::uuid and kind = ${kind}
    group by annotator order by labels desc, annotator collate "C"`;
}

/** Annotators by how labels name them. Addresses are for those who may read the members. */
export async function nameAnnotators(
  { projectId, role }: Pick<Access<"reward:read">, "projectId" | "role">,
  annotators: readonly string[],
): Promise<Map<string, NamedAnnotator>> {
  const userIds = roleAllows(role, "member:read") ? annotators.flatMap((one) => accountOf(one) ?? []) : [];
  const [users, judges] = await Promise.all([
    prisma.user.findMany({ where: { id: { in: userIds } }, select: { id: true, email: true } }),
    readJudgeNames(
      projectId,
      annotators.map((annotator) => ({ annotator })),
    ),
  ]);
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  return new Map(
    annotators.map((annotator) => {
      const annotatorEmail = emails.get(accountOf(annotator) ?? "") ?? null;
      return [annotator, { annotator, annotatorEmail, annotatorName: nameJudge(annotator, judges) }];
    }),
  );
}

const accountOf = (annotator: string): string | null => /^user:([0-9a-f-]{36})$/.exec(annotator)?.[1] ?? null;
