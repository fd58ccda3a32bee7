import { endpoint } from "@/app/api/endpoint";
import { judgeParams, runJudgeInput, startedRun } from "@/lib/judges/schema";
import { taggingState } from "@/lib/judges/tags/schema";
import { getTagging, startTagging } from "@/lib/judges/tags/start";

export const GET = endpoint(
  {
    summary: "Get how many instances a judge's model has tagged, and could",
    audience: "judge:read",
    params: judgeParams,
    response: taggingState,
  },
  ({ access, params }) => getTagging(access, params.id),
);

export const POST = endpoint(
  {
    summary:
      "Let a judge's model tag what is named, or else all instances: subjects, difficulty, safety ...; its run does it",
    audience: "judge:run",
    params: judgeParams,
    body: runJudgeInput,
    response: startedRun,
    status: 202,
  },
  ({ access, params, body }) => startTagging(access, params.id, body),
);
