import { endpoint } from "@/app/api/endpoint";
import { judgeTrial, tryJudgeInput } from "@/lib/judges/schema";
import { tryJudge } from "@/lib/judges/try";

export const POST = endpoint(
  {
    summary: "Ask a judge's config about one instance in both orders, without storing anything",
    audience: "judge:manage",
    body: tryJudgeInput,
    response: judgeTrial,
  },
  ({ access, body }) => tryJudge(access, body),
);
