import { prisma } from "@/lib/db/client";

export type Newest = { newestLabel: string | null; newestVerdict: string | null };

/** A project's newest label and verdict: labels are never edited, so with the same ones reports stay as they are. */
export async function newestIn(projectId: string): Promise<Newest> {
  const newest = { where: { projectId }, orderBy: { id: "desc" }, select: { id: true } } as const;
  const [label, verdict] = await Promise.all([prisma.label.findFirst(newest), prisma.verdict.findFirst(newest)]);
  return { newestLabel: label?.id ?? null, newestVerdict: verdict?.id ?? null };
}
