import { endpoint } from "@/app/api/endpoint";
import { rollBack } from "@/lib/routing/roll-back";
import { policyApplied, rollbackInput } from "@/lib/routing/schema";

export const POST = endpoint(
  {
    summary: "Make the policy of an earlier version the next one, by the fit and the judges' cuts that it had",
    audience: "routing:manage",
    body: rollbackInput,
    response: policyApplied,
  },
  ({ access, body }) => rollBack(access, body),
);
