import { api, ApiError } from "@/app/_components/api-client";
import type { Translate } from "@/app/i18n/translate";
import type {
  AssignmentView,
  DraftInput,
  DraftResponse,
  HistoryResponse,
  RevealInput,
  SkipInput,
  SkipResponse,
  SubmitInput,
  SubmitResponse,
} from "@/lib/assignments/schema";

/** What the page asks of the server. */
export type Calls = {
  next: (held: string[]) => Promise<AssignmentView | null>;
  get: (id: string) => Promise<AssignmentView>;
  /** `leaving` lets the request outlive the page. */
  saveDraft: (id: string, draft: DraftInput, leaving?: boolean) => Promise<DraftResponse>;
  reveal: (id: string, input: RevealInput) => Promise<AssignmentView>;
  submit: (id: string, input: SubmitInput) => Promise<SubmitResponse>;
  skip: (id: string, input: SkipInput) => Promise<SkipResponse>;
  explainSkip: (id: string, reason: string) => Promise<void>;
  release: (id: string) => Promise<void>;
  history: (options: { limit: number; cursor?: string | null }) => Promise<HistoryResponse>;
};

/** Calls for the person who opened the page, and for nobody who signs in later in the same browser. */
export function callsOf({ slug, userId: openedBy }: { slug: string; userId: string }, t: Translate<"label">): Calls {
  const base = `/api/v1/projects/${slug}/assignments` as const;
  const call = <T>(method: "GET" | "POST" | "PUT", path: string, body?: unknown, keepalive = false) =>
    api<T>(method, `${base}${path}`, body, { keepalive, openedBy }).catch((error: unknown) => {
      throw inPageWords(error, t);
    });
  return {
    next: async (held) => (await call<AssignmentView | undefined>("POST", "/next", { held })) ?? null,
    get: (id) => call("GET", `/${id}`),
    saveDraft: (id, draft, leaving = false) => call("PUT", `/${id}/draft`, draft, leaving),
    reveal: (id, input) => call("POST", `/${id}/reveal`, input),
    submit: (id, input) => call("POST", `/${id}/submit`, input),
    skip: (id, input) => call("POST", `/${id}/skip`, input),
    explainSkip: (id, reason) => call("PUT", `/${id}/skip-reason`, { reason }),
    release: (id) => call("POST", `/${id}/release`, undefined, true),
    history: ({ limit, cursor }) => call("GET", `?limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`),
  };
}

/** Whether the same request may succeed later: no network, a server that restarts, or a session that can be renewed. */
export function isPassing(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500)
  );
}

/** A failed call with words for somebody who is labelling where the server has none, or others. */
export function inPageWords(error: unknown, t: Translate<"label">): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.code === "unauthenticated") return new ApiError({ ...error, message: t("calls.signedOut") });
  return error.code === "unreachable" ? new ApiError({ ...error, message: t("calls.unreachable") }) : error;
}

/** Why something failed, in words for the person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
