import { endpoint } from "@/app/api/endpoint";
import { getLearningSettings, setLearningSettings } from "@/lib/reward/noise/learning-settings";
import { learningSettings } from "@/lib/reward/noise/schema";

export const GET = endpoint(
  {
    summary: "Read how the next version of the reward model weighs and corrects labels",
    audience: "reward:read",
    response: learningSettings,
  },
  ({ access }) => getLearningSettings(access),
);

export const PUT = endpoint(
  {
    summary: "Set how the next version of the reward model weighs and corrects labels; stored labels never change",
    audience: "reward:manage",
    body: learningSettings,
    response: learningSettings,
  },
  ({ access, body }) => setLearningSettings(access, body),
);
