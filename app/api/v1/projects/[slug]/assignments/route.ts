import { endpoint } from "@/app/api/endpoint";
import { listHistory } from "@/lib/assignments/queries";
import { historyQuery, historyResponse } from "@/lib/assignments/schema";

export const GET = endpoint(
  {
    summary: "List my assignments in one state, newest first",
    audience: "label:write",
    query: historyQuery,
    response: historyResponse,
  },
  ({ access, query }) => listHistory(access, query),
);
