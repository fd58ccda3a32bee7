import { endpoint } from "@/app/api/endpoint";
import { listFits } from "@/lib/routing/fits/queries";
import { fitList, fitListQuery } from "@/lib/routing/fits/schema";

export const GET = endpoint(
  {
    summary: "List the fits of whom to ask, newest first",
    audience: "routing:read",
    query: fitListQuery,
    response: fitList,
  },
  ({ access, query }) => listFits(access, query),
);
