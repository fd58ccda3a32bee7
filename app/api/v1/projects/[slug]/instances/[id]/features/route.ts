import { endpoint } from "@/app/api/endpoint";
import { instanceParams } from "@/lib/instances/schema";
import { instanceFeaturesView } from "@/lib/routing/features/schema";
import { getInstanceFeatures } from "@/lib/routing/features/start";

export const GET = endpoint(
  {
    summary:
      "Get what routing knows of an instance: numbers of its texts, of the reward model and of judges, and its tags",
    audience: "routing:read",
    params: instanceParams,
    response: instanceFeaturesView,
  },
  ({ access, params }) => getInstanceFeatures(access, params.id),
);
