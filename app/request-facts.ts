import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { enterLocale } from "@/lib/say";
import { isLocale, localeCookie, matchLocale, type Locale } from "@/lib/text/locales";

/** The path and query that a page was asked under; pages cannot see it otherwise, and sign-in must lead back to it. */
export const pathHeader = "x-tandem-path";

/**
 * Notes on every request, before Next.js sees it, what handlers and pages cannot learn from it: the peer of its
 * connection, appended to X-Forwarded-For as a proxy would do, and the path. Next.js alone would let a client write its
 * own X-Forwarded-For, and so escape the rate limit of sign-in. From here on the request is answered in its language.
 */
export function noteRequestFacts(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const before = request.headers["x-forwarded-for"];
    const peer = request.socket.remoteAddress ?? "unknown";
    request.headers["x-forwarded-for"] = before ? `${String(before)}, ${peer}` : peer;
    request.headers[pathHeader] = request.url ?? "/";
    enterLocale(localeOf(request));
  });
}

/** The language that was chosen in this browser, else the first one that the browser asks for. */
function localeOf({ headers }: IncomingMessage): Locale {
  const chosen = new RegExp(`(?:^|; )${localeCookie}=([^;]*)`).exec(headers.cookie ?? "")?.[1];
  return isLocale(chosen) ? chosen : matchLocale(headers["accept-language"]);
}
