import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { verifyPassword } from "./passwords";
import { limitAttempts } from "./rate-limit";
import type { SignInInput } from "./schema";

/** What a session is made of. */
export type SignedIn = { id: string; sessionVersion: number };

/**
 * Checks an address and password from a client. Throws unauthenticated, with one message for a wrong password and an
 * unknown address, or rate_limited after too many failures.
 */
export async function signIn({ email, password }: SignInInput, client: string): Promise<SignedIn> {
  return await limitAttempts({ account: email, client }, async () => {
    const user = await prisma.user.findUnique({ where: { email } });
    if (!(await verifyPassword(user?.passwordHash ?? null, password)) || !user) {
      throw new AppError(
        "unauthenticated",
        say`The e-mail address or the password is wrong. Check both and try again.`,
      );
    }
    if (user.disabledAt !== null) {
      throw new AppError(
        "unauthenticated",
        say`The account ${email} is disabled. Ask an admin of this site to enable it.`,
      );
    }
    return { id: user.id, sessionVersion: user.sessionVersion };
  });
}
