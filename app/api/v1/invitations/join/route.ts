import { endpoint } from "@/app/api/endpoint";
import { joinByInvitation } from "@/lib/auth/accept-invitation";
import { joinedView, joinInput } from "@/lib/auth/schema";

export const POST = endpoint(
  { summary: "Accept an invitation with your account", audience: "signed-in", body: joinInput, response: joinedView },
  ({ access, body }) => joinByInvitation(access, body.token),
);
