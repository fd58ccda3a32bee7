import { endpoint } from "@/app/api/endpoint";
import { judgeParams, runJudgeInput, startedRun } from "@/lib/judges/schema";
import { startJudgeRun } from "@/lib/judges/start-run";

export const POST = endpoint(
  {
    summary: "Let a judge judge what is named, or else what is routed to AI; its run does it",
    audience: "judge:run",
    params: judgeParams,
    body: runJudgeInput,
    response: startedRun,
    status: 202,
  },
  ({ access, params, body }) => startJudgeRun(access, params.id, body),
);
