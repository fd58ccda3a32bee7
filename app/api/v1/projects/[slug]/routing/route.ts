import { endpoint } from "@/app/api/endpoint";
import { applyPolicy } from "@/lib/routing/apply";
import { getRouting } from "@/lib/routing/queries";
import { applyPolicyInput, policyApplied, routingView } from "@/lib/routing/schema";

export const GET = endpoint(
  {
    summary: "Read the routing policy, how far each route is and what waits",
    audience: "routing:read",
    response: routingView,
  },
  ({ access }) => getRouting(access),
);

export const PUT = endpoint(
  {
    summary: "Apply a policy to new instances and to those that nobody has labelled; many are routed by a run",
    audience: "routing:manage",
    body: applyPolicyInput,
    response: policyApplied,
  },
  ({ access, body }) => applyPolicy(access, body),
);
