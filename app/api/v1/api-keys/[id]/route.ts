import { endpoint } from "@/app/api/endpoint";
import { revokeApiKey } from "@/lib/auth/api-keys";
import { apiKeyParams, apiKeyView } from "@/lib/auth/schema";

export const DELETE = endpoint(
  { summary: "Revoke one of your API keys", audience: "signed-in", params: apiKeyParams, response: apiKeyView },
  ({ access, params }) => revokeApiKey(access, params.id),
);
