import { endpoint } from "@/app/api/endpoint";
import { readKeyBindings, saveKeyBindings } from "@/lib/auth/key-bindings";
import { keyBindings } from "@/lib/auth/schema";

export const GET = endpoint(
  { summary: "Your own keys of the labelling page", audience: "signed-in", response: keyBindings },
  ({ access }) => readKeyBindings(access),
);

export const PUT = endpoint(
  {
    summary: "Change your keys of the labelling page; commands that are left out have their standard key",
    audience: "signed-in",
    body: keyBindings,
    response: keyBindings,
  },
  ({ access, body }) => saveKeyBindings(access, body),
);
