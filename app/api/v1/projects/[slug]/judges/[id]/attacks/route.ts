import { endpoint } from "@/app/api/endpoint";
import { attackReport, attackReportQuery, startAttacksInput } from "@/lib/judges/attacks/schema";
import { startAttacks } from "@/lib/judges/attacks/start";
import { getAttackReport } from "@/lib/judges/attacks/stored";
import { judgeParams, startedRun } from "@/lib/judges/schema";

export const GET = endpoint(
  {
    summary: "Get how a version of a judge stood the newest test against attacks in completions",
    audience: "judge:read",
    params: judgeParams,
    query: attackReportQuery,
    response: attackReport,
  },
  ({ access, params, query }) => getAttackReport(access, params.id, query),
);

export const POST = endpoint(
  {
    summary: "Test a judge against attacks in completions; its run does it",
    audience: "judge:run",
    params: judgeParams,
    body: startAttacksInput,
    response: startedRun,
    status: 202,
  },
  ({ access, params, body }) => startAttacks(access, params.id, body),
);
