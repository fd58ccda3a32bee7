import { endpoint } from "@/app/api/endpoint";
import { rewardSettings } from "@/lib/reward/schema";
import { getRewardSettings, setRewardSettings } from "@/lib/reward/settings";

export const GET = endpoint(
  {
    summary: "Read when the reward model is trained again by itself",
    audience: "reward:read",
    response: rewardSettings,
  },
  ({ access }) => getRewardSettings(access),
);

export const PUT = endpoint(
  {
    summary: "Set when the reward model is trained again by itself: after so many labels, at times, or never",
    audience: "reward:manage",
    body: rewardSettings,
    response: rewardSettings,
  },
  ({ access, body }) => setRewardSettings(access, body),
);
