import { endpoint } from "@/app/api/endpoint";
import { vllmInput, vllmPoolingOutput } from "@/lib/reward/clients/schema";
import { poolForVllm } from "@/lib/reward/clients/vllm";
import { maxScoreBodyBytes, servedModelParams, servedQuery } from "@/lib/reward/schema";

export const POST = endpoint(
  {
    summary: "Rewards in the shape of vLLM's /pooling",
    audience: "reward:read",
    params: servedModelParams,
    query: servedQuery,
    body: vllmInput,
    storesNothing: true,
    maxBodyBytes: maxScoreBodyBytes,
    response: vllmPoolingOutput,
  },
  ({ access, params, body, query }) => poolForVllm({ access, id: params.id, query }, body),
);
