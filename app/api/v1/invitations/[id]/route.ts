import { endpoint } from "@/app/api/endpoint";
import { revokeAdminInvitation } from "@/lib/auth/invitations";
import { invitationParams } from "@/lib/auth/schema";

export const DELETE = endpoint(
  { summary: "Revoke an open invitation of a site admin", audience: "user:manage", params: invitationParams },
  ({ access, params }) => revokeAdminInvitation(access, params.id),
);
