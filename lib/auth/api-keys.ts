import type { ApiKey } from "@/lib/db/generated/client";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { principalOf, refuseApiKey, type GlobalAccess, type Principal } from "./access";
import { recordAudit } from "./audit";
import type { ApiKeyList, ApiKeyView, CreateApiKeyInput, NewApiKeyView, PageQuery } from "./schema";
import { hashToken, newToken } from "./tokens";

const keyStart = "tdm_";
const shownCharacters = keyStart.length + 6;
const dayMs = 24 * 60 * 60 * 1000;

/** `lastUsedAt` is written at most this often, so that a busy script does not write a row a request. */
const lastUsedResolutionMs = 60_000;

/**
 * Who the bearer of an Authorization header is. The key may also be the password of Basic authorisation, for clients of
 * which nothing but the address can be set (https://user:key@host). Throws unauthenticated with what is wrong with the key: its form,
 * that it is unknown, expired or revoked, or that its owner's account is disabled.
 */
export async function findPrincipalByApiKey(authorizationHeader: string): Promise<Principal> {
  const key = keyIn(authorizationHeader.trim());
  if (!key?.startsWith(keyStart)) {
    throw refused(say`The Authorization header does not hold an API key of this site. Send "Bearer ${keyStart}...".`);
  }
  const found = await prisma.apiKey.findUnique({ where: { hash: hashToken(key) }, include: { user: true } });
  if (!found)
    throw refused(
      say`This API key is not known. Check that it was copied whole, or make a new one on the API keys page.`,
    );
  const now = new Date();
  if (found.revokedAt !== null)
    throw refused(say`The API key ${found.name} was revoked on ${day(found.revokedAt)}. Make a new one.`);
  if (found.expiresAt !== null && found.expiresAt <= now) {
    throw refused(say`The API key ${found.name} expired on ${day(found.expiresAt)}. Make a new one.`);
  }
  const { user } = found;
  if (user.disabledAt !== null)
    throw refused(say`The account ${user.email} is disabled. Ask an admin of this site to enable it.`);
  await noteUse(found, now);
  return principalOf(user, "api-key");
}

function keyIn(header: string): string | undefined {
  const basic = /^Basic +(\S+)$/i.exec(header)?.[1];
  if (basic === undefined) return /^Bearer +(\S+)$/i.exec(header)?.[1];
  return /:(\S+)$/.exec(Buffer.from(basic, "base64").toString("utf8"))?.[1];
}

/**
 * Makes a key for oneself. The answer holds the key itself, which is stored nowhere and never shown again. Throws
 * forbidden when it is an API key that asks.
 */
export async function createApiKey(principal: Principal, input: CreateApiKeyInput): Promise<NewApiKeyView> {
  return await create(principal, principal, input);
}

/** Makes a key for another person, by address. Throws as createApiKey does. */
export async function createApiKeyFor(
  access: GlobalAccess<"user:manage">,
  email: string,
  input: CreateApiKeyInput,
): Promise<NewApiKeyView> {
  return await create(access, await findOwner(email), input);
}

/** One's own keys, newest first; expired and revoked ones too. */
export async function listApiKeys(principal: Principal, query: PageQuery): Promise<ApiKeyList> {
  return await list(principal.userId, query);
}

/** Another person's keys, by address. */
export async function listApiKeysOf(
  access: GlobalAccess<"user:manage">,
  email: string,
  query: PageQuery,
): Promise<ApiKeyList> {
  return await list((await findOwner(email)).userId, query);
}

/** Ends a key of one's own at once. Revoking twice changes nothing. */
export async function revokeApiKey(principal: Principal, id: string): Promise<ApiKeyView> {
  return await revoke(principal, await prisma.apiKey.findFirst({ where: { id, userId: principal.userId } }), id);
}

/** Ends anyone's key at once. */
export async function revokeAnyApiKey(access: GlobalAccess<"user:manage">, id: string): Promise<ApiKeyView> {
  return await revoke(access, await prisma.apiKey.findUnique({ where: { id } }), id);
}

function refused(message: string): AppError {
  return new AppError("unauthenticated", message);
}

async function noteUse(key: ApiKey, now: Date): Promise<void> {
  if (key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < lastUsedResolutionMs) return;
  await prisma.apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } });
}

async function create(
  actor: Principal,
  owner: { userId: string; email: string },
  { name, days }: CreateApiKeyInput,
): Promise<NewApiKeyView> {
  refuseApiKey(actor, say`An API key cannot make another one.`);
  const key = keyStart + newToken();
  const expiresAt = days === null ? null : new Date(Date.now() + days * dayMs);
  const made = await prisma.$transaction(async (tx) => {
    const row = await tx.apiKey.create({
      data: { userId: owner.userId, name, prefix: key.slice(0, shownCharacters), hash: hashToken(key), expiresAt },
    });
    await recordAudit(tx, actor, {
      action: "api-key.create",
      target: `${name} (${row.prefix}...)`,
      detail: { owner: owner.email, expiresAt: expiresAt?.toISOString() ?? null },
    });
    return row;
  });
  return { apiKey: toView(made), key };
}

async function findOwner(email: string): Promise<{ userId: string; email: string }> {
  const user = await prisma.user.findUnique({ where: { email: email.toLowerCase() } });
  if (!user) throw new AppError("not_found", say`There is no user with the address ${email}.`);
  return { userId: user.id, email: user.email };
}

async function list(userId: string, { cursor, limit }: PageQuery): Promise<ApiKeyList> {
  const rows = await prisma.apiKey.findMany({
    where: { userId, ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(toView);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

async function revoke(actor: Principal, key: ApiKey | null, id: string): Promise<ApiKeyView> {
  if (!key) throw new AppError("not_found", say`There is no API key ${id} of yours.`);
  return await prisma.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id: key.id, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0) await recordAudit(tx, actor, { action: "api-key.revoke", target: `${key.name} (${key.prefix}...)` });
    return toView(await tx.apiKey.findUniqueOrThrow({ where: { id: key.id } }));
  });
}

function toView(key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
