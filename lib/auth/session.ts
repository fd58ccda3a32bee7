import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { isDatabaseDown } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { say } from "@/lib/say";
import { clientAddress } from "./client-address";
import { signInInput } from "./schema";
import { derivedSecret } from "./secrets";
import { signIn, type SignedIn } from "./sign-in";

const maxAgeSeconds = 30 * 24 * 60 * 60;

declare module "next-auth" {
  // A session holds no more than SignedIn: names and rights are read from the database on every request.
  interface User {
    sessionVersion: number;
  }
}

/**
 * Settings of next-auth: sign-in by address and password, sessions as encrypted tokens that last 30 days or until the
 * user's sessionVersion is raised. A function, because a build has no environment yet.
 */
export function authOptions(): AuthOptions {
  const { TANDEM_URL } = env();
  return {
    secret: derivedSecret("session"),
    session: { strategy: "jwt", maxAge: maxAgeSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    ...(TANDEM_URL && { useSecureCookies: TANDEM_URL.startsWith("https://") }),
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) =>
          authorize(credentials, new Headers(request.headers as Record<string, string>)),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionVersion: user.sessionVersion } : token),
    },
    logger: {
      error: (code, metadata) => log.error({ code, err: metadata }, "sign-in failed"),
      warn: (code) => log.warn({ code }, "sign-in"),
      debug: () => {},
    },
  };
}

/** next-auth hands the message of what this throws to the sign-in page, so only expected errors may pass. */
async function authorize(credentials: unknown, headers: Headers): Promise<SignedIn> {
  const input = signInInput.safeParse(credentials);
  if (!input.success) throw new Error(say`Enter your e-mail address and your password.`);
  try {
    return await signIn(input.data, clientAddress(headers));
  } catch (error) {
    if (error instanceof AppError) throw error;
    log.error({ err: error }, "sign-in failed");
    if (isDatabaseDown(error))
      throw new Error(say`The database cannot be reached at the moment. Try again in a few seconds.`);
    throw new Error(
      say`Sign-in failed for a reason that is in the server's log. Try again; if it stays, tell your admin.`,
    );
  }
}
