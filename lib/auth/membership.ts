import { prisma } from "@/lib/db/client";
import { findUnstorable } from "@/lib/text/storable";
import {
  grant,
  noSuchProject,
  OPERATOR,
  type Access,
  type Membership,
  type Principal,
  type ProjectPermission,
} from "./access";

/** The project with this slug and the principal's role in it (null when not a member); not_found when there is no such project. */
export async function findMembership(principal: Principal, slug: string): Promise<Membership> {
  if (findUnstorable(slug)) throw noSuchProject(slug);
  const project = await prisma.project.findUnique({
    where: { slug },
    select: { id: true, slug: true, members: { where: { userId: principal.userId }, select: { role: true } } },
  });
  if (!project) throw noSuchProject(slug);
  return { projectId: project.id, slug: project.slug, role: project.members[0]?.role ?? null };
}

/** Access of the command line to a project. */
export async function operatorAccess<P extends ProjectPermission>(permission: P, slug: string): Promise<Access<P>> {
  return grant(OPERATOR, await findMembership(OPERATOR, slug), permission);
}
