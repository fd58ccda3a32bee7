import { endpoint } from "@/app/api/endpoint";
import { vllmScoreInput, vllmScoreOutput } from "@/lib/reward/clients/schema";
import { scoreForVllm } from "@/lib/reward/clients/vllm";
import { servedModelParams } from "@/lib/reward/schema";
import { maxScoreBodyBytes, servedQuery } from "@/lib/reward/serving/schema";

export const POST = endpoint(
  {
    summary: "Rewards in the shape of vLLM's /score",
    audience: "reward:read",
    params: servedModelParams,
    query: servedQuery,
    body: vllmScoreInput,
    storesNothing: true,
    maxBodyBytes: maxScoreBodyBytes,
    response: vllmScoreOutput,
  },
  ({ access, params, body, query }) => scoreForVllm({ access, id: params.id, query }, body),
);
