import { endpoint } from "@/app/api/endpoint";
import { assignmentParams, skipReasonInput } from "@/lib/assignments/schema";
import { explainSkip } from "@/lib/assignments/skip";

export const PUT = endpoint(
  {
    summary: "Say afterwards why an instance was skipped",
    audience: "label:write",
    params: assignmentParams,
    body: skipReasonInput,
  },
  ({ access, params, body }) => explainSkip(access, params.id, body.reason),
);
