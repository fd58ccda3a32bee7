import { endpoint } from "@/app/api/endpoint";
import { receiveImport } from "@/app/api/receive-import";
import { importQuery } from "@/lib/datasets/schema";
import { runView } from "@/lib/jobs/schema";
import { listLabels } from "@/lib/labels/queries";
import { labelListQuery, labelListResponse } from "@/lib/labels/schema";

export const GET = endpoint(
  {
    summary: "List all label revisions in the order they were stored",
    audience: "instance:read",
    query: labelListQuery,
    response: labelListResponse,
  },
  ({ access, query }) => listLabels(access, query),
);

export const POST = endpoint(
  {
    summary:
      "Import labels of instances that are here: JSON lines or a JSON array, plain or gzip; answers with the run",
    audience: "instance:import",
    query: importQuery,
    body: "stream",
    response: runView,
    status: 202,
  },
  ({ request, access, query }) => receiveImport(request, access, { kind: "labels", query }),
);
