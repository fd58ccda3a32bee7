import { endpoint } from "@/app/api/endpoint";
import { spendingQuery, spendingView } from "@/lib/ledger/schema";
import { getSpending } from "@/lib/ledger/spending";

export const GET = endpoint(
  {
    summary: "Read where the money of a project went, and how full its caps are",
    audience: "spending:read",
    query: spendingQuery,
    response: spendingView,
  },
  ({ access, query }) => getSpending(access, query),
);
