import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** The path and query that a page was asked under; pages cannot see it otherwise, and sign-in must lead back to it. */
export const pathHeader = "x-tandem-path";

/**
 * Notes on every request, before Next.js sees it, what handlers and pages cannot learn from it: the peer of its
 * connection, appended to X-Forwarded-For as a proxy would do, and the path. Next.js alone would let a client write its
 * own X-Forwarded-For, and so escape the rate limit of sign-in.
 */
export function noteRequestFacts(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const before = request.headers["x-forwarded-for"];
    const peer = request.socket.remoteAddress ?? "unknown";
    request.headers["x-forwarded-for"] = before ? `${String(before)}, ${peer}` : peer;
    request.headers[pathHeader] = request.url ?? "/";
  });
}
