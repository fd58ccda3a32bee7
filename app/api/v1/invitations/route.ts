import { endpoint } from "@/app/api/endpoint";
import { inviteAdmin, listAdminInvitations } from "@/lib/auth/invitations";
import { invitationList, inviteAdminInput, newInvitationView, pageQuery } from "@/lib/auth/schema";

export const GET = endpoint(
  {
    summary: "List the open invitations of site admins",
    audience: "user:manage",
    query: pageQuery,
    response: invitationList,
  },
  ({ access, query }) => listAdminInvitations(access, query),
);

export const POST = endpoint(
  {
    summary: "Invite another admin of the site; the answer shows the link this once",
    audience: "user:manage",
    body: inviteAdminInput,
    response: newInvitationView,
    status: 201,
  },
  ({ access, body }) => inviteAdmin(access, body),
);
