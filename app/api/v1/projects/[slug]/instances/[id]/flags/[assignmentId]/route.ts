import { endpoint } from "@/app/api/endpoint";
import { resolveFlag } from "@/lib/assignments/flag";
import { flagParams } from "@/lib/instances/schema";

export const DELETE = endpoint(
  {
    summary: "Say that the flag which an assignment put on an instance is resolved; the history keeps it",
    audience: "flag:resolve",
    params: flagParams,
  },
  ({ access, params }) => resolveFlag(access, params.id, params.assignmentId),
);
