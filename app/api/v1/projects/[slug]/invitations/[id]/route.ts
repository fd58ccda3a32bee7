import { endpoint } from "@/app/api/endpoint";
import { revokeInvitation } from "@/lib/auth/invitations";
import { invitationParams } from "@/lib/auth/schema";

export const DELETE = endpoint(
  { summary: "Revoke an open invitation of the project", audience: "member:manage", params: invitationParams },
  ({ access, params }) => revokeInvitation(access, params.id),
);
