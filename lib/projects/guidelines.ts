import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";

export type GuidelinesVersion = { version: number; createdAt: string };

export type CurrentGuidelines = GuidelinesVersion & {
  text: string;
  /** The version of my newest label here, and those that came after it; null while I have none. */
  sinceMine: { version: number; newer: GuidelinesVersion[] } | null;
};

/** The guidelines that hold now, and how they changed since I labelled last. */
export async function readGuidelines({ projectId, userId }: Access<"label:write">): Promise<CurrentGuidelines> {
  const [current] = await prisma.$queryRaw<[{ version: number; text: string; createdAt: Date }]>`
    select g.version, g.text, g.created_at as "createdAt"
    from projects p join guidelines g on g.project_id = p.id and g.version = p.guidelines_version
    where p.id = ${projectId}::uuid`;
  const [mine] = await prisma.$queryRaw<{ version: number | null }[]>`
    select guidelines_version as version from labels
    where project_id = ${projectId}::uuid and user_id = ${userId}::uuid order by created_at desc, id desc limit 1`;
  return {
    ...{ version: current.version, createdAt: current.createdAt.toISOString(), text: current.text },
    sinceMine: mine?.version ? { version: mine.version, newer: await newerThan(projectId, mine.version) } : null,
  };
}

async function newerThan(projectId: string, version: number): Promise<GuidelinesVersion[]> {
  const rows = await prisma.guidelines.findMany({
    where: { projectId, version: { gt: version } },
    select: { version: true, createdAt: true },
    orderBy: { version: "asc" },
  });
  return rows.map((row) => ({ version: row.version, createdAt: row.createdAt.toISOString() }));
}
