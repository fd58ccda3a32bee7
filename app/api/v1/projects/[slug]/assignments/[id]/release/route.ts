import { endpoint } from "@/app/api/endpoint";
import { releaseAssignment } from "@/lib/assignments/release";
import { assignmentParams } from "@/lib/assignments/schema";

export const POST = endpoint(
  { summary: "Give an assignment back before its lease ends", audience: "label:write", params: assignmentParams },
  ({ access, params }) => releaseAssignment(access, params.id),
);
