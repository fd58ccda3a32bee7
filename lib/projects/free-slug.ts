import type { GlobalAccess } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";

/** The slug itself, or with the first number behind it that no project has. Another may take it before it is used. */
export async function freeSlug(_: GlobalAccess<"project:create">, slug: string): Promise<string> {
  const projects = await prisma.project.findMany({ where: { slug: { startsWith: slug } }, select: { slug: true } });
  const taken = new Set(projects.map((project) => project.slug));
  for (let number = 2, free = slug; ; number += 1) {
    if (!taken.has(free)) return free;
    free = `${slug}-${number}`;
  }
}
