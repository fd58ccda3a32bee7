import { endpoint } from "@/app/api/endpoint";
import { receiveImport } from "@/app/api/receive-import";
import { importQuery } from "@/lib/datasets/schema";
import { listInstances } from "@/lib/instances/queries";
import { instanceListQuery, instanceListResponse } from "@/lib/instances/schema";
import { runView } from "@/lib/jobs/schema";

export const GET = endpoint(
  {
    summary: "List the instances of a project in the order of their import",
    audience: "instance:read",
    query: instanceListQuery,
    response: instanceListResponse,
  },
  ({ access, query }) => listInstances(access, query),
);

export const POST = endpoint(
  {
    summary:
      "Import instances with their labels: JSON lines or a JSON array, plain or gzip, up to 2 GiB; answers with the run",
    audience: "instance:import",
    query: importQuery,
    body: "stream",
    response: runView,
    status: 202,
  },
  ({ request, access, query }) => receiveImport(request, access, { kind: "instances", query }),
);
