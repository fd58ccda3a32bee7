import { endpoint } from "@/app/api/endpoint";
import { resetPasswordView, userParams } from "@/lib/auth/schema";
import { resetPassword } from "@/lib/auth/users";

export const POST = endpoint(
  {
    summary: "Generate a new password for somebody who lost theirs; the answer shows it this once",
    audience: "user:manage",
    params: userParams,
    response: resetPasswordView,
  },
  ({ access, params }) => resetPassword(access, params.userId),
);
