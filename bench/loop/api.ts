import { setTimeout as sleep } from "node:timers/promises";

export type Api = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** Longest a call may take, in milliseconds, before it counts as lost. */
const timeoutMs = 60_000;

/**
 * The API of a site whose processes may die at any moment: a lost call is repeated at the other address until it is
 * answered. Throws what the server refuses. A string as body is sent as JSON lines.
 */
export function apiOf(urls: readonly string[], apiKey: string): Api {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    for (let attempt = 0; ; attempt++) {
      const isText = typeof body === "string";
      try {
        const response = await fetch(`${urls[attempt % urls.length]}/api/v1${path}`, {
          method,
          headers: {
            authorization: `Bearer ${apiKey}`,
            ...(body !== undefined && { "content-type": isText ? "application/x-ndjson" : "application/json" }),
          },
          body: body === undefined || isText ? body : JSON.stringify(body),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = await response.text();
        if (response.ok) return (isJson(response) ? JSON.parse(text) : text) as T;
        if (response.status < 500) throw new Refused(`${method} ${path}: ${response.status} ${text}`);
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      await sleep(Math.min(2000, 100 * 2 ** attempt));
    }
  };
}

class Refused extends Error {}

function isJson(response: Response): boolean {
  return response.headers.get("content-type")?.startsWith("application/json") ?? false;
}
