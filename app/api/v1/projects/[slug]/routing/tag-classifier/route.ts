import { endpoint } from "@/app/api/endpoint";
import { startedRun } from "@/lib/judges/schema";
import { classifierState } from "@/lib/routing/features/classifier/schema";
import { getClassifier, startClassifier } from "@/lib/routing/features/classifier/start";

export const GET = endpoint(
  {
    summary: "Get how far the classifier has tagged the instances, and how well it names each dimension",
    audience: "routing:read",
    response: classifierState,
  },
  ({ access }) => getClassifier(access),
);

export const POST = endpoint(
  {
    summary: "Learn tags from the prompts that have some, and tag the instances that have none; a run does it",
    audience: "routing:manage",
    response: startedRun,
    status: 202,
  },
  ({ access }) => startClassifier(access),
);
