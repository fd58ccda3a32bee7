import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";

const windowSeconds = 15 * 60;

/** Failed attempts per window: on one account by anyone, and by one client on anything. */
const limits = { account: 5, client: 50 };

export type Attempt = {
  /** The account that a password is tried on; left out where there is none. */
  account?: string;
  /** Network address of the client. */
  client: string;
};

// Made on first use: a limiter starts a timer that clears old rows.
let limiters: ReturnType<typeof getLimiters> | undefined;

/**
 * Runs an attempt to prove who one is, unless too many failed within the last quarter of an hour; counted in the
 * database, for all web processes. An attempt counts before it runs, so that many at once are counted too, and is
 * forgiven when it succeeds. Throws rate_limited with the minutes to wait, or what the attempt throws.
 */
export async function limitAttempts<T>({ account, client }: Attempt, attempt: () => Promise<T>): Promise<T> {
  const { byAccount, byClient } = getLimiters();
  await count(
    byClient,
    client,
    (wait) => say`Too many attempts failed from your network address. Try again in ${wait}.`,
  );
  if (account !== undefined)
    await count(byAccount, account, (wait) => say`Too many attempts failed for ${account}. Try again in ${wait}.`);
  const result = await attempt();
  await byClient.reward(client, 1);
  if (account !== undefined) await byAccount.delete(account);
  return result;
}

/** Forgets the failures on an account, whose owner got a new password from an admin. */
export async function forgiveAccount(account: string): Promise<void> {
  await getLimiters().byAccount.delete(account);
}

function getLimiters(): { byAccount: RateLimiterPostgres; byClient: RateLimiterPostgres } {
  return (limiters ??= { byAccount: makeLimiter("account"), byClient: makeLimiter("client") });
}

function makeLimiter(kind: keyof typeof limits): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: `attempt:${kind}`,
    points: limits[kind],
    duration: windowSeconds,
  });
}

async function count(limiter: RateLimiterPostgres, key: string, explain: (wait: string) => string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    const minutes = Math.ceil(retryAfterSeconds / 60);
    const wait = minutes === 1 ? say`1 minute` : say`${minutes} minutes`;
    throw new AppError("rate_limited", explain(wait), { retryAfterSeconds });
  }
}
