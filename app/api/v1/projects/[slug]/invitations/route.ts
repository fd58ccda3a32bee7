import { endpoint } from "@/app/api/endpoint";
import { inviteMember, listInvitations } from "@/lib/auth/invitations";
import { invitationList, inviteMemberInput, newInvitationView, pageQuery } from "@/lib/auth/schema";

export const GET = endpoint(
  {
    summary: "List the open invitations of the project",
    audience: "member:manage",
    query: pageQuery,
    response: invitationList,
  },
  ({ access, query }) => listInvitations(access, query),
);

export const POST = endpoint(
  {
    summary: "Invite to the project with a role; the answer shows the link this once",
    audience: "member:manage",
    body: inviteMemberInput,
    response: newInvitationView,
    status: 201,
  },
  ({ access, body }) => inviteMember(access, body),
);
