import { endpoint } from "@/app/api/endpoint";
import { getEstimates } from "@/lib/routing/estimates/get-estimates";
import { routingEstimates } from "@/lib/routing/estimates/schema";

export const GET = endpoint(
  {
    summary: "Estimate how good the labels are that routing buys, and whether AI's have become worse",
    audience: "routing:read",
    response: routingEstimates,
  },
  ({ access }) => getEstimates(access),
);
