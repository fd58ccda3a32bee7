import { endpoint } from "@/app/api/endpoint";
import { vllmInput, vllmPoolingOutput } from "@/lib/reward/clients/schema";
import { poolForVllm } from "@/lib/reward/clients/vllm";
import { servedModelParams } from "@/lib/reward/schema";
import { maxScoreBodyBytes, servedQuery } from "@/lib/reward/serving/schema";

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
