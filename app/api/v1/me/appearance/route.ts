import { endpoint } from "@/app/api/endpoint";
import { readAppearance, saveAppearance } from "@/lib/auth/appearance";
import { appearance, appearanceInput } from "@/lib/auth/schema";

export const GET = endpoint(
  { summary: "Your language and how you read", audience: "signed-in", response: appearance },
  ({ access }) => readAppearance(access),
);

export const PATCH = endpoint(
  {
    summary: "Change your language or how you read; what is left out stays",
    audience: "signed-in",
    body: appearanceInput,
    response: appearance,
  },
  ({ access, body }) => saveAppearance(access, body),
);
