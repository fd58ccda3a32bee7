import { endpoint } from "@/app/api/endpoint";
import { forecastRun } from "@/lib/judges/forecast/forecast";
import { judgeForecast } from "@/lib/judges/forecast/schema";
import { judgeParams, runJudgeInput } from "@/lib/judges/schema";

export const POST = endpoint(
  {
    summary: "Tell what a run of a judge would take in verdicts, tokens, money and time; it starts nothing",
    audience: "judge:run",
    params: judgeParams,
    body: runJudgeInput,
    response: judgeForecast,
  },
  ({ access, params, body }) => forecastRun(access, params.id, body),
);
