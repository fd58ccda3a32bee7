import { endpoint } from "@/app/api/endpoint";
import { getBacktest } from "@/lib/routing/fits/queries";
import { backtestQuery, backtestView } from "@/lib/routing/fits/schema";

export const GET = endpoint(
  {
    summary: "Read what each policy would have come to at each share of human labels, on the project's own labels",
    audience: "routing:read",
    query: backtestQuery,
    response: backtestView,
  },
  ({ access, query }) => getBacktest(access, query),
);
