import { endpoint } from "@/app/api/endpoint";
import { getProgressDays } from "@/lib/assignments/progress-days";
import { progressDaysResponse } from "@/lib/assignments/schema";

export const GET = endpoint(
  {
    summary: "Tell what I did today and on each of the last seven days (UTC)",
    audience: "label:write",
    response: progressDaysResponse,
  },
  ({ access }) => getProgressDays(access),
);
