import { endpoint } from "@/app/api/endpoint";
import { listSuspects } from "@/lib/reward/noise/list-suspects";
import { suspectList, suspectListQuery } from "@/lib/reward/noise/schema";
import { rewardModelParams } from "@/lib/reward/schema";

export const GET = endpoint(
  {
    summary: "List the labels that a version finds most suspicious, or hardest, the most doubtful first",
    audience: "reward:read",
    params: rewardModelParams,
    query: suspectListQuery,
    response: suspectList,
  },
  ({ access, params, query }) => listSuspects(access, params.id, query),
);
