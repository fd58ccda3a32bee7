import { checkReadiness } from "@/lib/db/readiness";

/** Ready: this process can serve people. Names what is missing otherwise, with status 503. */
export async function GET(): Promise<Response> {
  const checks = await checkReadiness();
  const isReady = checks.every((check) => check.isReady);
  const body = { status: isReady ? "ready" : "not ready", checks };
  return Response.json(body, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}

export const dynamic = "force-dynamic";
