import { ApiError, failureWords } from "./api-client";

/** Signs this browser in. Throws an error whose message is for the person at it. */
export async function signIn({ email, password }: { email: string; password: string }): Promise<void> {
  const { csrfToken } = await ask<{ csrfToken: string }>("/api/auth/csrf");
  const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
  const answer = await ask<{ url: string }>("/api/auth/callback/credentials", { method: "POST", body });
  const { searchParams } = new URL(answer.url, window.location.href);
  if (searchParams.has("csrf")) throw refused(failureWords.noCookie);
  const error = searchParams.get("error");
  if (error !== null) throw refused(error);
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => null);
  const answer = response?.headers.get("content-type")?.includes("json") ? ((await response.json()) as T) : null;
  if (answer === null) throw refused(failureWords.noAnswer);
  return answer;
}

function refused(message: string): ApiError {
  return new ApiError({ code: "unauthenticated", status: 401, message });
}
