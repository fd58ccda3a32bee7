import { endpoint } from "@/app/api/endpoint";
import { createApiKey, listApiKeys } from "@/lib/auth/api-keys";
import { apiKeyList, createApiKeyInput, newApiKeyView, pageQuery } from "@/lib/auth/schema";
import { AppError } from "@/lib/errors";

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
  ({ request, access, body }) => {
    // Else a key that leaked could make itself successors that outlive it.
    if (request.headers.has("authorization")) {
      throw new AppError("forbidden", "An API key cannot make another one. Sign in and make it on the API keys page.");
    }
    return createApiKey(access, body);
  },
);
