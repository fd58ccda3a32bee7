/** Runs once when a web process starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/lib/env");
  const { noteRequestFacts } = await import("@/app/request-facts");
  noteRequestFacts();
  // next-auth learns the site's address from the environment only; without one it takes the request's.
  const { TANDEM_URL } = env();
  if (TANDEM_URL) process.env.NEXTAUTH_URL = new URL(TANDEM_URL).origin;
  else process.env.AUTH_TRUST_HOST = "1";
}
