import { endpoint } from "@/app/api/endpoint";
import { schemaEffects } from "@/lib/projects/effects/effects";
import { effectsInput, schemaEffects as response } from "@/lib/projects/effects/schema";

export const POST = endpoint(
  {
    summary: "Tell what saving a task schema would do, and what is refused of it; stores nothing",
    audience: "project:update",
    body: effectsInput,
    response,
  },
  ({ access, body }) => schemaEffects(access, body),
);
