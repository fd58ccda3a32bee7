import { endpoint } from "@/app/api/endpoint";
import { judgeAgreementQuery, storedReport } from "@/lib/judges/report/schema";
import { getJudgeAgreement } from "@/lib/judges/report/stored";
import { judgeParams } from "@/lib/judges/schema";

export const GET = endpoint(
  {
    summary: "Get how a version of a judge compares with people, as last computed",
    audience: "judge:read",
    params: judgeParams,
    query: judgeAgreementQuery,
    response: storedReport,
  },
  ({ access, params, query }) => getJudgeAgreement(access, params.id, query),
);
