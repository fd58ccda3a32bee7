import { endpoint } from "@/app/api/endpoint";
import { listRoutes } from "@/lib/routing/queries";
import { routeList, routeListQuery } from "@/lib/routing/schema";

export const GET = endpoint(
  {
    summary: "List instances with who is to label them and why",
    audience: "routing:read",
    query: routeListQuery,
    response: routeList,
  },
  ({ access, query }) => listRoutes(access, query),
);
