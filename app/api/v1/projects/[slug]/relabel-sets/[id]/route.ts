import { z } from "zod";
import { endpoint } from "@/app/api/endpoint";
import { stopRelabelSet } from "@/lib/assignments/relabel/relabel-sets";

export const DELETE = endpoint(
  {
    summary: "Stop asking for the rest of a re-label set; what was given stays",
    audience: "project:update",
    params: z.object({ id: z.uuid() }),
  },
  ({ access, params }) => stopRelabelSet(access, params.id),
);
