import { api, ApiError } from "@/app/_components/api-client";
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
  release: (id: string) => Promise<void>;
  history: (options: { limit: number; cursor?: string | null }) => Promise<HistoryResponse>;
};

export function callsOf(slug: string): Calls {
  const base = `/api/v1/projects/${slug}/assignments` as const;
  return {
    next: async (held) => (await api<AssignmentView | undefined>("POST", `${base}/next`, { held })) ?? null,
    get: (id) => api("GET", `${base}/${id}`),
    saveDraft: (id, draft, leaving = false) => api("PUT", `${base}/${id}/draft`, draft, { keepalive: leaving }),
    reveal: (id, input) => api("POST", `${base}/${id}/reveal`, input),
    submit: (id, input) => api("POST", `${base}/${id}/submit`, input),
    skip: (id, input) => api("POST", `${base}/${id}/skip`, input),
    release: (id) => api("POST", `${base}/${id}/release`, undefined, { keepalive: true }),
    history: ({ limit, cursor }) => api("GET", `${base}?limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`),
  };
}

/** Whether the same request may succeed later: no network, a server that restarts, or a session that can be renewed. */
export function isPassing(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500)
  );
}

/** Why something failed, in words for the person. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError && error.status === 401)
    return "You are signed out. Sign in again in another tab; nothing here is lost.";
  return error instanceof Error ? error.message : String(error);
}
