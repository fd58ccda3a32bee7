import { endpoint } from "@/app/api/endpoint";
import { scoreForOpenrlhf } from "@/lib/reward/clients/openrlhf";
import { openrlhfInput, openrlhfOutput } from "@/lib/reward/clients/schema";
import { servedModelParams } from "@/lib/reward/schema";
import { maxScoreBodyBytes, servedQuery } from "@/lib/reward/serving/schema";

export const POST = endpoint(
  {
    summary: "Rewards as OpenRLHF asks for them: its remote_rm_url",
    audience: "reward:read",
    params: servedModelParams,
    query: servedQuery,
    body: openrlhfInput,
    storesNothing: true,
    maxBodyBytes: maxScoreBodyBytes,
    response: openrlhfOutput,
  },
  ({ access, params, body, query }) => scoreForOpenrlhf(access, params.id, body, query),
);
