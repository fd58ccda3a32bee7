import { endpoint } from "@/app/api/endpoint";
import { describeMe, rename } from "@/lib/auth/account";
import { meView, renameInput } from "@/lib/auth/schema";

export const GET = endpoint(
  { summary: "Who you are and which projects you may open", audience: "signed-in", response: meView },
  ({ access }) => describeMe(access),
);

export const PATCH = endpoint(
  { summary: "Change your name", audience: "signed-in", body: renameInput, response: meView },
  ({ access, body }) => rename(access, body.name),
);
