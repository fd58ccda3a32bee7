import { endpoint } from "@/app/api/endpoint";
import { createApiKey, listApiKeys } from "@/lib/auth/api-keys";
import { apiKeyList, createApiKeyInput, newApiKeyView, pageQuery } from "@/lib/auth/schema";

export const GET = endpoint(
  { summary: "List your API keys", audience: "signed-in", query: pageQuery, response: apiKeyList },
  ({ access, query }) => listApiKeys(access, query),
);

export const POST = endpoint(
  {
    summary: "Make an API key; the answer shows it this once",
    audience: "signed-in",
    body: createApiKeyInput,
    response: newApiKeyView,
    status: 201,
  },
  ({ access, body }) => createApiKey(access, body),
);
