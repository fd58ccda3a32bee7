import { endpoint } from "@/app/api/endpoint";
import { listRuns } from "@/lib/jobs/runs";
import { listRunsQuery, runPage } from "@/lib/jobs/schema";

export const GET = endpoint(
  {
    summary: "List the runs of a project, newest first",
    audience: "run:read",
    query: listRunsQuery,
    response: runPage,
  },
  ({ access, query }) => listRuns(access, query),
);
