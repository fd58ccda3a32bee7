import { createHmac } from "node:crypto";
import { derivedSecret } from "@/lib/auth/secrets";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { throughOutage } from "@/lib/db/through-outage";

/** A limit counts for all judges of an account as long as one that has it asks, and so much longer. */
const memorySeconds = 60;
/** Nobody asks by an account that was not used for so long. */
const forgottenAfterDays = 2;
/** No provider is believed that wants to be left alone for longer. */
const maxClosedMs = 24 * 3600_000;

export type Limits = { requestsPerMinute: number | null; tokensPerMinute: number | null };

/** Moments at which requests may begin: the first in so many milliseconds, each of the others `paceMs` after the one before. */
export type Slots = {
  startsInMs: number;
  paceMs: number;
  /** How long the provider wants no request; 0 when it takes some. */
  closedForMs: number;
};

/** The key of an account's row: a project, where it asks, and with which key. Tells nothing of the key without TANDEM_SECRET. */
export function accountKey(projectId: string, baseUrl: string, apiKey: string | null): string {
  return createHmac("sha256", derivedSecret("provider-accounts"))
    .update(JSON.stringify([projectId, baseUrl, apiKey]))
    .digest("hex");
}

/**
 * Takes moments for `count` requests of about so many tokens each, behind all that anybody has taken. The smaller limit
 * counts where several judges use an account. A judge without limits leaves no row behind where there is none.
 */
export async function takeSlots(
  key: string,
  limits: Limits,
  wanted: { count: number; tokensEach: number; owedTokens: number },
): Promise<Slots> {
  return await throughOutage(async () => {
    const taken = await take(key, limits, wanted);
    if (taken) return taken;
    if (limits.requestsPerMinute === null && limits.tokensPerMinute === null)
      return { startsInMs: 0, paceMs: 0, closedForMs: 0 };
    await prisma.$executeRaw`
      delete from provider_accounts where greatest(free_at, closed_until) < now() - make_interval(days => ${forgottenAfterDays}::int)`;
    await prisma.$executeRaw`insert into provider_accounts (key) values (${key}) on conflict do nothing`;
    return (await take(key, limits, wanted))!;
  });
}

/** Lets no request of an account begin before the provider wants one. */
export async function closeAccount(key: string, forMs: number): Promise<void> {
  const seconds = Math.min(forMs, maxClosedMs) / 1000;
  await throughOutage(
    () => prisma.$executeRaw`
      insert into provider_accounts as a (key, closed_until) values (${key}, now() + make_interval(secs => ${seconds}::float8))
      on conflict (key) do update set closed_until = greatest(a.closed_until, excluded.closed_until)`,
  );
}

/** Until when providers want no requests of these accounts, by key; of those alone that are closed. */
export async function findClosed(keys: readonly string[]): Promise<Map<string, Date>> {
  if (keys.length === 0) return new Map();
  const rows = await prisma.$queryRaw<{ key: string; until: Date }[]>`
    select key, closed_until as until from provider_accounts where key in (${Prisma.join(keys)}) and closed_until > now()`;
  return new Map(rows.map(({ key, until }) => [key, until]));
}

/**
 * One statement, so that no two workers get the same moment. A request takes its share of a minute by both limits, the
 * longer one of the two; what earlier ones used beyond their estimate, or below it, is added.
 */
async function take(
  key: string,
  { requestsPerMinute, tokensPerMinute }: Limits,
  { count, tokensEach, owedTokens }: { count: number; tokensEach: number; owedTokens: number },
): Promise<Slots | undefined> {
  const [slots] = await prisma.$queryRaw<Slots[]>`
    with account as (select * from provider_accounts where key = ${key} for update),
    limits as (
      select least(${requestsPerMinute}::int, case when requests_seen_at > now() - make_interval(secs => ${memorySeconds}::int)
          then requests_per_minute end) as requests,
        least(${tokensPerMinute}::int, case when tokens_seen_at > now() - make_interval(secs => ${memorySeconds}::int)
          then tokens_per_minute end) as tokens,
        greatest(free_at, closed_until, now()) as starts_at
      from account
    ),
    paces as (
      select *, greatest(60.0 / requests, 60.0 * ${tokensEach}::float8 / tokens, 0)::float8 as pace,
        coalesce(60.0 * ${owedTokens}::float8 / tokens, 0)::float8 as owed
      from limits
    )
    update provider_accounts a set
      free_at = p.starts_at + make_interval(secs => greatest(p.pace * ${count}::int + p.owed, 0)),
      requests_per_minute = p.requests,
      requests_seen_at = case when p.requests = ${requestsPerMinute}::int then now() else a.requests_seen_at end,
      tokens_per_minute = p.tokens,
      tokens_seen_at = case when p.tokens = ${tokensPerMinute}::int then now() else a.tokens_seen_at end
    from paces p where a.key = ${key}
    returning (extract(epoch from p.starts_at - now()) * 1000)::float8 as "startsInMs", p.pace * 1000 as "paceMs",
      coalesce(greatest(extract(epoch from a.closed_until - now()) * 1000, 0), 0)::float8 as "closedForMs"`;
  return slots;
}
