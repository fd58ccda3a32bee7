import { endpoint } from "@/app/api/endpoint";
import { assignmentParams, skipInput, skipResponse } from "@/lib/assignments/schema";
import { skipAssignment } from "@/lib/assignments/skip";

export const POST = endpoint(
  {
    summary: "Leave an instance to others, with a reason if wished, and get the next one",
    audience: "label:write",
    params: assignmentParams,
    body: skipInput,
    response: skipResponse,
  },
  ({ access, params, body }) => skipAssignment(access, params.id, body),
);
