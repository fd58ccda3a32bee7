import { AppError } from "@/lib/errors";
import type { User } from "@/lib/db/generated/client";
import type { ProjectRole } from "@/lib/db/generated/enums";
import { say } from "@/lib/say";

/** What a member of a project may do, by role. The one place where rights are decided. */
const projectPermissions = {
  annotator: ["project:view", "label:write"],
  researcher: [
    "project:view",
    "label:write",
    "instance:read",
    "instance:import",
    "flag:resolve",
    "quality:read",
    "run:read",
    "run:cancel",
    "snapshot:read",
    "snapshot:create",
    "member:read",
    "judge:read",
    "judge:run",
    "routing:read",
    "reward:read",
    "reward:train",
    "spending:read",
  ],
  admin: [
    "project:view",
    "label:write",
    "instance:read",
    "instance:import",
    "flag:resolve",
    "quality:read",
    "run:read",
    "run:cancel",
    "snapshot:read",
    "snapshot:create",
    "member:read",
    "judge:read",
    "judge:run",
    "judge:manage",
    "routing:read",
    "reward:read",
    "reward:train",
    "routing:manage",
    "reward:manage",
    "spending:read",
    "spending:manage",
    "member:manage",
    "project:update",
    "project:delete",
    "project:audit",
  ],
} as const satisfies Record<ProjectRole, readonly string[]>;

/** What only a global admin may do. A global admin also counts as admin of every project. */
const globalPermissions = ["project:create", "user:manage", "audit:read", "host:manage"] as const;

export type ProjectPermission = (typeof projectPermissions)[ProjectRole][number];
export type GlobalPermission = (typeof globalPermissions)[number];

/** Who is asking, once signed in. `userId` is OPERATOR.userId for commands run on the machine itself. */
export type Principal = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly isAdmin: boolean;
  /** How they showed who they are. */
  readonly via: "session" | "api-key" | "operator";
};

/** The person at the machine's command line: owns the database anyway, so has every right. */
export const OPERATOR: Principal = {
  userId: "00000000-0000-0000-0000-000000000000",
  email: "command line",
  name: "Command line",
  isAdmin: true,
  via: "operator",
};

/** The product itself, where it changes by itself what people set. */
export const SYSTEM: Principal = {
  userId: "00000000-0000-0000-0000-000000000001",
  email: "Tandem",
  name: "Tandem",
  isAdmin: false,
  via: "operator",
};

/** A person who signed in, or whose API key came with the request. */
export function principalOf(user: User, via: "session" | "api-key"): Principal {
  return { userId: user.id, email: user.email, name: user.name, isAdmin: user.isAdmin, via };
}

/**
 * Keeps what decides who gets in from API keys: else a key that leaked could make itself successors that outlive it.
 * `what` is a sentence about the caller. Throws forbidden.
 */
export function refuseApiKey({ via }: Principal, what: string): void {
  if (via === "api-key") throw new AppError("forbidden", say`${what} Sign in and do it on the account page.`);
}

export type Membership = { readonly projectId: string; readonly slug: string; readonly role: ProjectRole | null };

declare const proof: unique symbol;

/** Proof that this principal holds permission P on this project. Only `grant` makes one. */
export type Access<P extends ProjectPermission> = Principal & {
  readonly projectId: string;
  readonly slug: string;
  readonly role: ProjectRole;
  readonly [proof]: { readonly [K in P]: true };
};

/** Proof that this principal holds the global permission P. Only `grantGlobal` makes one. */
export type GlobalAccess<P extends GlobalPermission> = Principal & { readonly [proof]: { readonly [K in P]: true } };

/** The role that counts on a project: a global admin's is admin; null for a stranger. */
export function effectiveRole(principal: Principal, membership: Membership): ProjectRole | null {
  return principal.isAdmin ? "admin" : membership.role;
}

/** A role as a word in a sentence. */
export function wordRole(role: ProjectRole): string {
  if (role === "admin") return say`admin`;
  return role === "researcher" ? say`researcher` : say`annotator`;
}

/** Whether a role carries a permission. */
export function roleAllows(role: ProjectRole, permission: ProjectPermission): boolean {
  return (projectPermissions[role] as readonly string[]).includes(permission);
}

/**
 * Turns a membership into access. Strangers get not_found, so that the existence of a project does not leak;
 * members without the right get forbidden.
 */
export function grant<P extends ProjectPermission>(
  principal: Principal,
  membership: Membership,
  permission: P,
): Access<P> {
  const role = effectiveRole(principal, membership);
  if (role === null) throw noSuchProject(membership.slug);
  if (!roleAllows(role, permission)) {
    throw new AppError(
      "forbidden",
      say`Your role in project ${membership.slug} is ${wordRole(role)}, which does not include ${permission}. Ask an admin of the project for another role.`,
    );
  }
  return { ...principal, projectId: membership.projectId, slug: membership.slug, role } as Access<P>;
}

/** Turns a principal into global access; forbidden for everyone but global admins. */
export function grantGlobal<P extends GlobalPermission>(principal: Principal, permission: P): GlobalAccess<P> {
  if (!principal.isAdmin) {
    throw new AppError("forbidden", say`Only an admin of this site may do this (${permission}).`);
  }
  return principal as GlobalAccess<P>;
}

export function isGlobalPermission(permission: string): permission is GlobalPermission {
  return (globalPermissions as readonly string[]).includes(permission);
}

export function noSuchProject(slug: string): AppError {
  return new AppError("not_found", say`There is no project ${slug}, or you are not a member of it.`);
}
