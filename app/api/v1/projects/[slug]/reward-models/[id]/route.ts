import { endpoint } from "@/app/api/endpoint";
import { getRewardModel } from "@/lib/reward/queries";
import { rewardModelParams, rewardModelView } from "@/lib/reward/schema";

export const GET = endpoint(
  {
    summary: "Read a version of the reward model: metrics, baselines, gate, config",
    audience: "reward:read",
    params: rewardModelParams,
    response: rewardModelView,
  },
  ({ access, params }) => getRewardModel(access, params.id),
);
