import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { decode } from "next-auth/jwt";
import { AppError } from "@/lib/errors";
import { prisma } from "@/lib/db/client";
import { say } from "@/lib/say";
import {
  grant,
  grantGlobal,
  principalOf,
  type Access,
  type GlobalAccess,
  type GlobalPermission,
  type Principal,
  type ProjectPermission,
} from "./access";
import { findPrincipalByApiKey } from "./api-keys";
import { findMembership } from "./membership";
import { derivedSecret } from "./secrets";

/**
 * A page names with this whom it was opened by: whoever signs in later in the same browser must not act through it. The
 * browser's code cannot import it and repeats it (app/_components/api-client.ts).
 */
const openedByHeader = "x-tandem-opened-by";
const sessionCookies = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/** Who is asking: by bearer API key, else by session cookie; null when neither is there or valid any more. */
export const currentUser = cache(async (): Promise<Principal | null> => {
  const authorization = (await headers()).get("authorization");
  if (authorization !== null) return await findPrincipalByApiKey(authorization);
  const jar = await cookies();
  const token = sessionCookies.map((name) => jar.get(name)?.value).find((value) => value !== undefined);
  if (token === undefined) return null;
  const claims = await decode({ token, secret: derivedSecret("session") }).catch(() => null);
  if (!claims?.sub) return null;
  const user = await prisma.user.findUnique({ where: { id: claims.sub } });
  if (!user || user.disabledAt !== null || user.sessionVersion !== claims.sessionVersion) return null;
  return principalOf(user, "session");
});

/** The signed-in principal; unauthenticated otherwise, and other_account behind a page that somebody else opened. */
export async function requireUser(): Promise<Principal> {
  const user = await currentUser();
  if (!user)
    throw new AppError("unauthenticated", say`You are not signed in. Sign in, or send an API key as a bearer token.`);
  const openedBy = (await headers()).get(openedByHeader);
  if (openedBy !== null && openedBy !== user.userId) {
    throw new AppError(
      "other_account",
      say`${user.name} is signed in here now, but somebody else opened this page. Whoever did signs in again in another tab to go on; ${user.name} reloads the page.`,
    );
  }
  return user;
}

/** Access to a project by slug, for pages and handlers. */
export async function requireAccess<P extends ProjectPermission>(permission: P, slug: string): Promise<Access<P>> {
  const user = await requireUser();
  return grant(user, await findMembership(user, slug), permission);
}

/** Access to a site-wide right, for pages and handlers. */
export async function requireGlobalAccess<P extends GlobalPermission>(permission: P): Promise<GlobalAccess<P>> {
  return grantGlobal(await requireUser(), permission);
}
