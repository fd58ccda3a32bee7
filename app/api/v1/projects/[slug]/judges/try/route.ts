import { endpoint } from "@/app/api/endpoint";
import { judgeTrial, tryJudgeInput } from "@/lib/judges/schema";
import { tryJudge } from "@/lib/judges/try";

export const POST = endpoint(
  {
    summary: "Ask a judge's config one question about one instance in all orders, without storing what it says",
    audience: "judge:manage",
    body: tryJudgeInput,
    response: judgeTrial,
  },
  ({ request, access, body }) =>
    tryJudge(access, body, request.signal).catch((error: unknown) => {
      // Who asked has gone, and nobody reads an answer.
      if (request.signal.aborted) return new Response(null, { status: 499 });
      throw error;
    }),
);
