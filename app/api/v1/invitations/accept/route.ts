import { endpoint } from "@/app/api/endpoint";
import { acceptInvitation } from "@/lib/auth/accept-invitation";
import { clientAddress } from "@/lib/auth/client-address";
import { limitAttempts } from "@/lib/auth/rate-limit";
import { acceptInput, joinedView } from "@/lib/auth/schema";

export const POST = endpoint(
  {
    summary: "Accept an invitation with a new account",
    audience: "public",
    body: acceptInput,
    response: joinedView,
    status: 201,
  },
  ({ request, body }) => limitAttempts({ client: clientAddress(request.headers) }, () => acceptInvitation(body)),
);
