import { endpoint } from "@/app/api/endpoint";
import { getJudgeReport } from "@/lib/judges/report";
import { judgeParams, judgeReport } from "@/lib/judges/schema";

export const GET = endpoint(
  {
    summary: "Get what a judge has done, version by version",
    audience: "judge:read",
    params: judgeParams,
    response: judgeReport,
  },
  ({ access, params }) => getJudgeReport(access, params.id),
);
