import { endpoint } from "@/app/api/endpoint";
import { instanceParams } from "@/lib/instances/schema";
import { listInstanceVerdicts } from "@/lib/judges/instance-verdicts";
import { instanceVerdicts } from "@/lib/judges/schema";

export const GET = endpoint(
  {
    summary: "List what judges answered about one instance, in each order it was shown",
    audience: "judge:read",
    params: instanceParams,
    response: instanceVerdicts,
  },
  async ({ access, params }) => ({ items: await listInstanceVerdicts(access, params.id) }),
);
