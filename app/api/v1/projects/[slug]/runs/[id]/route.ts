import { endpoint } from "@/app/api/endpoint";
import { getRun } from "@/lib/jobs/runs";
import { runParams, runView } from "@/lib/jobs/schema";

export const GET = endpoint(
  { summary: "Get a run with its progress", audience: "run:read", params: runParams, response: runView },
  ({ access, params }) => getRun(access, params.id),
);
