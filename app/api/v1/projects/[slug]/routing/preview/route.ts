import { endpoint } from "@/app/api/endpoint";
import { previewPolicy } from "@/lib/routing/preview";
import { policyPreview, previewPolicyInput } from "@/lib/routing/schema";

export const POST = endpoint(
  {
    summary: "Count what applying a policy would change, and what it would cost; nothing is stored",
    audience: "routing:read",
    body: previewPolicyInput,
    response: policyPreview,
  },
  ({ access, body }) => previewPolicy(access, body),
);
