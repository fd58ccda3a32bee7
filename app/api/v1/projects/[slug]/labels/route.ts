import { endpoint } from "@/app/api/endpoint";
import { listLabels } from "@/lib/labels/queries";
import { labelListQuery, labelListResponse } from "@/lib/labels/schema";

export const GET = endpoint(
  { summary: "List all label revisions in the order they were stored", audience: "instance:read", query: labelListQuery, response: labelListResponse },
  ({ access, query }) => listLabels(access, query),
);
