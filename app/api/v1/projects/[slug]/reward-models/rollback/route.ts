import { endpoint } from "@/app/api/endpoint";
import { rollBackRewardModel } from "@/lib/reward/roll-back";
import { rewardModelView, rollBackInput } from "@/lib/reward/schema";

export const POST = endpoint(
  {
    summary: "Let the version that served before the active one serve again",
    audience: "reward:manage",
    body: rollBackInput,
    response: rewardModelView,
  },
  ({ access, body }) => rollBackRewardModel(access, body),
);
