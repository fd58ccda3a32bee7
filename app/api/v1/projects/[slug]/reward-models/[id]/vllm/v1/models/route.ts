import { endpoint } from "@/app/api/endpoint";
import { vllmModels } from "@/lib/reward/clients/schema";
import { listForVllm } from "@/lib/reward/clients/vllm";
import { servedModelParams } from "@/lib/reward/schema";

export const GET = endpoint(
  {
    summary: "The version's name in the shape of vLLM's /v1/models",
    audience: "reward:read",
    params: servedModelParams,
    response: vllmModels,
  },
  ({ access, params }) => listForVllm(access, params.id),
);
