import { endpoint } from "@/app/api/endpoint";
import { removeMember } from "@/lib/assignments/remove-member";
import { changeMemberRole } from "@/lib/auth/members";
import { memberView, updateMemberInput, userParams } from "@/lib/auth/schema";

export const PATCH = endpoint(
  {
    summary: "Give a member another role",
    audience: "member:manage",
    params: userParams,
    body: updateMemberInput,
    response: memberView,
  },
  ({ access, params, body }) => changeMemberRole(access, params.userId, body.role),
);

export const DELETE = endpoint(
  { summary: "Remove a member and release what they have on loan", audience: "member:manage", params: userParams },
  ({ access, params }) => removeMember(access, params.userId),
);
