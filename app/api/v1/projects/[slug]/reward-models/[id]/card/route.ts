import { endpoint } from "@/app/api/endpoint";
import { readModelCard } from "@/lib/reward/model-card";
import { servedModelParams } from "@/lib/reward/schema";

export const GET = endpoint(
  {
    summary:
      "The model card of a version, or of the active one (id active): what it is, how good, its limits, how to load it",
    audience: "reward:read",
    params: servedModelParams,
    response: "text/markdown",
  },
  async ({ access, params }) =>
    new Response(await readModelCard(access, params.id), {
      headers: { "content-type": "text/markdown; charset=utf-8", "cache-control": "private" },
    }),
);
