import { endpoint } from "@/app/api/endpoint";
import { promoteRewardModel } from "@/lib/reward/promote";
import { promoteInput, rewardModelParams, rewardModelView } from "@/lib/reward/schema";

export const POST = endpoint(
  {
    summary: "Let a version serve; an older one rolls back, one that the gate held back needs a reason",
    audience: "reward:manage",
    params: rewardModelParams,
    body: promoteInput,
    response: rewardModelView,
  },
  ({ access, params, body }) => promoteRewardModel(access, params.id, body),
);
