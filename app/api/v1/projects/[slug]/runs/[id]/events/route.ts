import { endpoint } from "@/app/api/endpoint";
import { streamRun } from "@/lib/jobs/run-events";
import { runParams } from "@/lib/jobs/schema";

export const GET = endpoint(
  {
    summary: "Follow a run by server-sent events: one named run, with the run as JSON, at once and at every change",
    audience: "run:read",
    params: runParams,
    response: "text/event-stream",
  },
  async ({ access, params, request }) =>
    new Response(await streamRun({ access, runId: params.id, signal: request.signal }), {
      // Compression and buffering on the way would hold events back.
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    }),
);
