import { endpoint } from "@/app/api/endpoint";
import { getProgress } from "@/lib/assignments/queries";
import { progressResponse } from "@/lib/assignments/schema";

export const GET = endpoint(
  {
    summary: "Tell how many instances I labelled today (UTC) and how many are left for me",
    audience: "label:write",
    response: progressResponse,
  },
  ({ access }) => getProgress(access),
);
