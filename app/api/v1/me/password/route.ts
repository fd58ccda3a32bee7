import { endpoint } from "@/app/api/endpoint";
import { changePassword } from "@/lib/auth/account";
import { clientAddress } from "@/lib/auth/client-address";
import { changePasswordInput } from "@/lib/auth/schema";

export const POST = endpoint(
  { summary: "Change your password and end all your sessions", audience: "signed-in", body: changePasswordInput },
  ({ request, access, body }) => changePassword(access, body, clientAddress(request.headers)),
);
