import { endpoint } from "@/app/api/endpoint";
import { cancelRun } from "@/lib/jobs/runs";
import { runParams, runView } from "@/lib/jobs/schema";

export const POST = endpoint(
  {
    summary: "Cancel a run: at once while it waits, else at its next batch",
    audience: "run:cancel",
    params: runParams,
    response: runView,
  },
  ({ access, params }) => cancelRun(access, params.id),
);
