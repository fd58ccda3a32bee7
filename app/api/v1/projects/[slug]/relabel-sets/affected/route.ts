import { endpoint } from "@/app/api/endpoint";
import { readAffected } from "@/lib/assignments/relabel/affected";
import { affectedView } from "@/lib/assignments/relabel/schema";

export const GET = endpoint(
  {
    summary: "Count the submissions that follow older questions or guidelines",
    audience: "project:update",
    response: affectedView,
  },
  ({ access }) => readAffected(access),
);
