import { endpoint } from "@/app/api/endpoint";
import { deleteJudge } from "@/lib/judges/delete";
import { getJudge } from "@/lib/judges/queries";
import { judgeParams, judgeView, updateJudgeInput } from "@/lib/judges/schema";
import { updateJudge } from "@/lib/judges/update";

export const GET = endpoint(
  { summary: "Get a judge with its current config", audience: "judge:read", params: judgeParams, response: judgeView },
  ({ access, params }) => getJudge(access, params.id),
);

export const PATCH = endpoint(
  {
    summary: "Change a judge; fields left out stay as they are, a config that differs becomes the next version",
    audience: "judge:manage",
    params: judgeParams,
    body: updateJudgeInput,
    response: judgeView,
  },
  ({ access, params, body }) => updateJudge(access, params.id, body),
);

export const DELETE = endpoint(
  { summary: "Delete a judge that has judged nothing", audience: "judge:manage", params: judgeParams },
  ({ access, params }) => deleteJudge(access, params.id),
);
