import { endpoint } from "@/app/api/endpoint";
import { vllmInput, vllmClassifyOutput } from "@/lib/reward/clients/schema";
import { classifyForVllm } from "@/lib/reward/clients/vllm";
import { servedModelParams } from "@/lib/reward/schema";
import { maxScoreBodyBytes, servedQuery } from "@/lib/reward/serving/schema";

export const POST = endpoint(
  {
    summary: "Rewards in the shape of vLLM's /classify",
    audience: "reward:read",
    params: servedModelParams,
    query: servedQuery,
    body: vllmInput,
    storesNothing: true,
    maxBodyBytes: maxScoreBodyBytes,
    response: vllmClassifyOutput,
  },
  ({ access, params, body, query }) => classifyForVllm({ access, id: params.id, query }, body),
);
