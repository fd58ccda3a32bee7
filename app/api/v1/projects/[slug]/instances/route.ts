import { endpoint } from "@/app/api/endpoint";
import { listInstances } from "@/lib/instances/queries";
import { instanceListQuery, instanceListResponse } from "@/lib/instances/schema";

export const GET = endpoint(
  { summary: "List the instances of a project in the order of their import", audience: "instance:read", query: instanceListQuery, response: instanceListResponse },
  ({ access, query }) => listInstances(access, query),
);
