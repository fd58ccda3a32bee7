import { endpoint } from "@/app/api/endpoint";
import { completeFirstRun } from "@/lib/auth/accept-invitation";
import { clientAddress } from "@/lib/auth/client-address";
import { limitAttempts } from "@/lib/auth/rate-limit";
import { acceptInput } from "@/lib/auth/schema";

export const POST = endpoint(
  {
    summary: "Make the first admin of a new site, with the token that its start printed",
    audience: "public",
    body: acceptInput,
  },
  ({ request, body }) => limitAttempts({ client: clientAddress(request.headers) }, () => completeFirstRun(body)),
);
