import { api } from "@/app/_components/api-client";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { PreviewInput, PreviewResponse } from "@/lib/assignments/preview/schema";
import type { Calls } from "../../../label/_components/calls";
import type { Shelf } from "../../../label/_components/keeping/shelf";

export async function fetchPreview(slug: string, input: PreviewInput): Promise<PreviewResponse> {
  return await api<PreviewResponse>("POST", `/api/v1/projects/${slug}/task-schema/preview`, input);
}

/** What the labelling page asks of the server, answered without it: nothing of a preview is stored. */
export function previewCalls(slug: string, input: PreviewInput, assignment: AssignmentView): Calls {
  const { id, leaseUntil } = assignment;
  let isGiven = false;
  const next = (held: string[]) => {
    const isFree = !isGiven && !held.includes(id);
    isGiven = true;
    return Promise.resolve(isFree ? assignment : null);
  };
  return {
    next,
    get: () => Promise.resolve(assignment),
    saveDraft: () => Promise.resolve({ savedAt: new Date().toISOString(), state: "leased", leaseUntil }),
    reveal: async (_, { question, answer }) => {
      const sealed = { ...input.sealed, ...assignment.sealed, [question]: answer };
      return (await fetchPreview(slug, { ...input, sealed })).assignment ?? assignment;
    },
    submit: (_, { submissionId }) =>
      Promise.resolve({ saved: { assignmentId: id, submissionId, labels: 0 }, next: null }),
    skip: () => Promise.resolve({ next: null }),
    explainSkip: () => Promise.resolve(),
    release: () => Promise.resolve(),
    history: () => Promise.resolve({ items: [], nextCursor: null }),
  };
}

/** A device that keeps nothing. */
export const emptyShelf: Shelf = {
  all: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};
