import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { nameJudge, readJudgeNames } from "@/lib/labels/queries";
import { noSuchModel } from "../queries";
import type { SuspectList, SuspectListQuery } from "./schema";

export type NamedAnnotator = { annotator: string; email: string | null; name: string | null };

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
  const [total, rows] = await Promise.all([
    prisma.rewardSuspect.count({ where }),
    prisma.rewardSuspect.findMany({
      where,
      include: { instance: { select: { outsideId: true } } },
      orderBy: { rank: "asc" },
      skip: offset,
      take: limit,
    }),
  ]);
  const names = await nameAnnotators(access, [...new Set(rows.flatMap(({ annotators }) => annotators))]);
  const items = rows.map(({ instance, annotators, rank, instanceId, question, target, answer, mu, sd, wrong }) => ({
    ...{ kind, rank, instanceId, question, target, mu, sd, wrong, outsideId: instance.outsideId },
    answer: answer as 0 | 1,
    annotators: annotators.map((one) => names.get(one)!),
  }));
  return { items, total };
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
      const email = emails.get(accountOf(annotator) ?? "") ?? null;
      return [annotator, { annotator, email, name: nameJudge(annotator, judges) }];
    }),
  );
}

const accountOf = (annotator: string): string | null => /^user:([0-9a-f-]{36})$/.exec(annotator)?.[1] ?? null;
