import { endpoint } from "@/app/api/endpoint";
import { getInstance } from "@/lib/instances/queries";
import { instanceParams, instanceResponse } from "@/lib/instances/schema";

export const GET = endpoint(
  {
    summary: "Get an instance with its completions, labels, consensus, routes and assignments",
    audience: "instance:read",
    params: instanceParams,
    response: instanceResponse,
  },
  ({ access, params }) => getInstance(access, params.id),
);
