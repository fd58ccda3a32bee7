import { endpoint } from "@/app/api/endpoint";
import { listRewardModels } from "@/lib/reward/queries";
import { rewardModelList, rewardModelListQuery, trainInput, trainStarted } from "@/lib/reward/schema";
import { startTraining } from "@/lib/reward/start-training";

export const GET = endpoint(
  {
    summary: "List the versions of a project's reward model, newest first",
    audience: "reward:read",
    query: rewardModelListQuery,
    response: rewardModelList,
  },
  ({ access, query }) => listRewardModels(access, query),
);

export const POST = endpoint(
  {
    summary: "Train a reward model on the current labels, or on a snapshot; its run does it",
    audience: "reward:train",
    body: trainInput,
    response: trainStarted,
    status: 202,
  },
  ({ access, body }) => startTraining(access, body),
);
