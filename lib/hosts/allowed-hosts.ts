import { OPERATOR, type GlobalAccess } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { AllowedHostList, AllowedHostView } from "./schema";

/** The hosts that may be reached for judges and images although they are private or speak plain http, by name. */
export async function listAllowedHosts(_: GlobalAccess<"host:manage">): Promise<AllowedHostList> {
  return { items: await readHosts({}), nextCursor: null };
}

/** Allows a host. Allowing it twice changes nothing. */
export async function allowHost(
  access: GlobalAccess<"host:manage">,
  { host }: { host: string },
): Promise<AllowedHostView> {
  // The command line is nobody's account.
  const createdById = access.userId === OPERATOR.userId ? null : access.userId;
  await prisma.$transaction(async (db) => {
    const { count } = await db.allowedHost.createMany({ data: [{ host, createdById }], skipDuplicates: true });
    if (count > 0) await recordAudit(db, access, { action: "host.allow", target: host });
  });
  const [row] = await readHosts({ host });
  if (!row) throw new AppError("conflict", say`${host} was taken off the list at the same moment. Allow it again.`);
  return row;
}

/** Takes a host off the list: no run that begins from now on reaches it. */
export async function removeAllowedHost(access: GlobalAccess<"host:manage">, host: string): Promise<void> {
  await prisma.$transaction(async (db) => {
    const { count } = await db.allowedHost.deleteMany({ where: { host } });
    if (count === 0) throw new AppError("not_found", say`${host} is not on the list of allowed hosts.`);
    await recordAudit(db, access, { action: "host.remove", target: host });
  });
}

/** The list as the guard of outgoing requests takes it. */
export async function readAllowedHosts(): Promise<string[]> {
  const rows = await prisma.allowedHost.findMany({ select: { host: true } });
  return rows.map(({ host }) => host);
}

async function readHosts(where: Prisma.AllowedHostWhereInput): Promise<AllowedHostView[]> {
  const rows = await prisma.allowedHost.findMany({ where, orderBy: { host: "asc" } });
  const authorIds = rows.flatMap(({ createdById }) => createdById ?? []);
  const authors = await prisma.user.findMany({ where: { id: { in: authorIds } }, select: { id: true, email: true } });
  const emails = new Map(authors.map(({ id, email }) => [id, email]));
  return rows.map(({ host, createdAt, createdById }) => ({
    host,
    createdAt: createdAt.toISOString(),
    createdBy: emails.get(createdById ?? "") ?? null,
  }));
}
