import { endpoint } from "@/app/api/endpoint";
import { updateUserInput, userParams, userView } from "@/lib/auth/schema";
import { setUserDisabled } from "@/lib/auth/users";

export const PATCH = endpoint(
  {
    summary: "Disable an account, or enable it again",
    audience: "user:manage",
    params: userParams,
    body: updateUserInput,
    response: userView,
  },
  ({ access, params, body }) => setUserDisabled(access, params.userId, body.disabled),
);
