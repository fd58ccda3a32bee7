import { endpoint } from "@/app/api/endpoint";
import { assignmentParams, submitInput, submitResponse } from "@/lib/assignments/schema";
import { submitAssignment } from "@/lib/assignments/submit";

export const POST = endpoint(
  {
    summary:
      "Submit or revise the answers of an assignment and get the next one; safe to repeat with the same submissionId",
    audience: "label:write",
    params: assignmentParams,
    body: submitInput,
    response: submitResponse,
  },
  ({ access, params, body }) => submitAssignment(access, params.id, body),
);
