import { roleAllows, type Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { say } from "@/lib/say";
import type { TasteMember, TasteMetrics, TastesView } from "./schema";

/** Characters of a prompt that are shown beside what the groups say of its completions. */
const shownCharacters = 160;

/**
 * Who is in a version's groups, and about which instances the groups differ most. People have their addresses for those who
 * may read the members, judges their names, and others are named as labels are signed.
 */
export async function viewTastes(access: Access<"reward:read">, tastes: TasteMetrics | null): Promise<TastesView> {
  if (tastes?.kind !== "fitted") return { members: [], disputes: [] };
  const [names, disputes] = await Promise.all([
    namesOf(access, tastes.members),
    disputedInstances(
      access,
      tastes.disputes.map(({ instanceId }) => instanceId),
    ),
  ]);
  return {
    members: tastes.members.map((member) => ({ ...member, name: names.get(member.annotator) ?? plainName(member) })),
    disputes: tastes.disputes.flatMap((dispute) => {
      const instance = disputes.get(dispute.instanceId);
      return instance ? [{ ...dispute, ...instance }] : [];
    }),
  };
}

async function namesOf(
  { projectId, role }: Access<"reward:read">,
  members: readonly TasteMember[],
): Promise<Map<string, string>> {
  const idsOf = (kind: string): string[] =>
    members.flatMap(({ annotator }) => (annotator.startsWith(kind) ? [annotator.slice(kind.length)] : []));
  const [people, judges] = await Promise.all([
    roleAllows(role, "member:read")
      ? prisma.user.findMany({ where: { id: { in: idsOf("user:") } }, select: { id: true, email: true } })
      : [],
    prisma.judge.findMany({ where: { projectId, id: { in: idsOf("judge:") } }, select: { id: true, name: true } }),
  ]);
  return new Map([
    ...people.map(({ id, email }): [string, string] => [`user:${id}`, email]),
    ...judges.map(({ id, name }): [string, string] => [`judge:${id}`, name]),
  ]);
}

function plainName({ annotator }: TasteMember): string {
  const [kind, ...name] = annotator.split(":");
  if (kind === "user") return say`an annotator`;
  return kind === "judge" ? say`a deleted judge` : name.join(":");
}

type Disputed = Pick<TastesView["disputes"][number], "outsideId" | "prompt" | "completions">;

async function disputedInstances(
  { projectId }: Access<"reward:read">,
  ids: readonly string[],
): Promise<Map<string, Disputed>> {
  const rows = await prisma.$queryRaw<(Disputed & { id: string })[]>`
    select i.id, i.outside_id as "outsideId",
      left(coalesce(i.prompt, i.messages->-1->>'content', ''), ${shownCharacters}::int) as prompt,
      array(select c.outside_id from completions c
        where c.project_id = i.project_id and c.instance_id = i.id order by c.index) as completions
    from instances i where i.project_id = ${projectId}::uuid and i.id = any(${ids}::uuid[])`;
  return new Map(rows.map(({ id, ...instance }) => [id, instance]));
}
