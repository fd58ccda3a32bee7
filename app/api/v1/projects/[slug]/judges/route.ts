import { endpoint } from "@/app/api/endpoint";
import { createJudge } from "@/lib/judges/create";
import { listJudges } from "@/lib/judges/queries";
import { createJudgeInput, judgeList, judgeListQuery, judgeView } from "@/lib/judges/schema";

export const GET = endpoint(
  { summary: "List the judges of a project", audience: "judge:read", query: judgeListQuery, response: judgeList },
  ({ access, query }) => listJudges(access, query),
);

export const POST = endpoint(
  {
    summary: "Create a judge; switched on, it begins with what is routed to AI",
    audience: "judge:manage",
    body: createJudgeInput,
    response: judgeView,
    status: 201,
  },
  ({ access, body }) => createJudge(access, body),
);
