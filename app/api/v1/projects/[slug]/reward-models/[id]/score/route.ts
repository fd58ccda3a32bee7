import { endpoint } from "@/app/api/endpoint";
import { servedModelParams } from "@/lib/reward/schema";
import { maxScoreBodyBytes, scoreInput, scoreOutput } from "@/lib/reward/serving/schema";
import { scoreTexts } from "@/lib/reward/score";

export const POST = endpoint(
  {
    summary: "Score completions by a version of the reward model, or by the active one (id active)",
    audience: "reward:read",
    params: servedModelParams,
    body: scoreInput,
    storesNothing: true,
    maxBodyBytes: maxScoreBodyBytes,
    response: scoreOutput,
  },
  ({ access, params, body }) => scoreTexts(access, params.id, body),
);
