import { endpoint } from "@/app/api/endpoint";
import { startedRun } from "@/lib/judges/schema";
import { featuresState } from "@/lib/routing/features/schema";
import { getFeatures, startFeatures } from "@/lib/routing/features/start";

export const GET = endpoint(
  {
    summary: "Get how many instances have the numbers of their texts that routing goes by",
    audience: "routing:read",
    response: featuresState,
  },
  ({ access }) => getFeatures(access),
);

export const POST = endpoint(
  {
    summary: "Measure the texts of instances that have no numbers of the current version; a run does it",
    audience: "routing:manage",
    response: startedRun,
    status: 202,
  },
  ({ access }) => startFeatures(access),
);
