import { prisma } from "@/lib/db/client";
import { effectiveRole, type Principal } from "./access";
import type { MeView } from "./schema";

/** More than anyone picks from a menu; the projects page has the rest. */
const shownAtMost = 200;

/** The projects that this person may open with the role that counts, by name; of a site admin all. */
export async function listMyProjects(principal: Principal): Promise<MeView["projects"]> {
  const rows = await prisma.project.findMany({
    where: principal.isAdmin ? {} : { members: { some: { userId: principal.userId } } },
    select: {
      id: true,
      slug: true,
      name: true,
      members: { where: { userId: principal.userId }, select: { role: true } },
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: shownAtMost,
  });
  return rows.flatMap(({ id, slug, name, members }) => {
    const role = effectiveRole(principal, { projectId: id, slug, role: members[0]?.role ?? null });
    return role === null ? [] : [{ slug, name, role }];
  });
}
