import { endpoint } from "@/app/api/endpoint";
import { nextAssignment } from "@/lib/assignments/lease";
import { assignmentView, nextAssignmentInput } from "@/lib/assignments/schema";

export const POST = endpoint(
  {
    summary: "Lease the next instance to label; 204 when nothing is left for me or I hold two already",
    audience: "label:write",
    body: nextAssignmentInput,
    response: assignmentView,
  },
  async ({ access, body }) => (await nextAssignment(access, body)) ?? undefined,
);
