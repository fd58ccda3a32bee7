import { endpoint } from "@/app/api/endpoint";
import { listVerdicts } from "@/lib/judges/report";
import { judgeParams, verdictList, verdictListQuery } from "@/lib/judges/schema";

export const GET = endpoint(
  {
    summary: "List a judge's raw answers, newest first",
    audience: "judge:read",
    params: judgeParams,
    query: verdictListQuery,
    response: verdictList,
  },
  ({ access, params, query }) => listVerdicts(access, params.id, query),
);
