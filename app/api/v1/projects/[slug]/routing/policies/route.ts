import { endpoint } from "@/app/api/endpoint";
import { listPolicies } from "@/lib/routing/queries";
import { policyList, policyListQuery } from "@/lib/routing/schema";

export const GET = endpoint(
  {
    summary: "List the versions of the routing policy, newest first",
    audience: "routing:read",
    query: policyListQuery,
    response: policyList,
  },
  ({ access, query }) => listPolicies(access, query),
);
