import { endpoint } from "@/app/api/endpoint";
import { getAssignment } from "@/lib/assignments/queries";
import { assignmentParams, assignmentView } from "@/lib/assignments/schema";

export const GET = endpoint(
  {
    summary: "Show one of my assignments with its draft and my answers",
    audience: "label:write",
    params: assignmentParams,
    response: assignmentView,
  },
  ({ access, params }) => getAssignment(access, params.id),
);
