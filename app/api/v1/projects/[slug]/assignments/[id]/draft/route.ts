import { endpoint } from "@/app/api/endpoint";
import { saveDraft } from "@/lib/assignments/draft";
import { assignmentParams, draftInput, draftResponse } from "@/lib/assignments/schema";

export const PUT = endpoint(
  {
    summary: "Keep answers that are not submitted yet, and extend the lease",
    audience: "label:write",
    params: assignmentParams,
    body: draftInput,
    response: draftResponse,
  },
  ({ access, params, body }) => saveDraft(access, params.id, body),
);
