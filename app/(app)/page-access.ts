import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { pathHeader } from "@/app/request-facts";
import type { Access, GlobalAccess, GlobalPermission, Principal, ProjectPermission } from "@/lib/auth/access";
import { requireAccess, requireGlobalAccess, requireUser } from "@/lib/auth/current-user";
import { AppError } from "@/lib/errors";

/** The signed-in person, for pages; everybody else is sent to sign in and comes back. */
export async function pageUser(): Promise<Principal> {
  return await requireUser().catch(leave);
}

/** Access to the project of a page. Who lacks it sees that there is no such page. */
export async function pageAccess<P extends ProjectPermission>(permission: P, slug: string): Promise<Access<P>> {
  return await requireAccess(permission, slug).catch(leave);
}

/** Access to a page of the whole site. Who lacks it sees that there is no such page. */
export async function pageGlobalAccess<P extends GlobalPermission>(permission: P): Promise<GlobalAccess<P>> {
  return await requireGlobalAccess(permission).catch(leave);
}

async function leave(error: unknown): Promise<never> {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "unauthenticated") redirect(`/sign-in?next=${encodeURIComponent(await currentPath())}`);
  if (error.code === "not_found" || error.code === "forbidden") notFound();
  throw error;
}

/** Path and query of the page that was asked for, without what Next.js adds when it fetches a page by script. */
async function currentPath(): Promise<string> {
  const url = new URL((await headers()).get(pathHeader) ?? "/", "http://site");
  url.searchParams.delete("_rsc");
  return url.pathname + url.search;
}
