import { endpoint } from "@/app/api/endpoint";
import { spendingPrices } from "@/lib/ledger/schema";
import { setPrices } from "@/lib/ledger/set-caps";

export const PUT = endpoint(
  {
    summary: "Set the currency of a project and what an hour of people costs from now on",
    audience: "spending:manage",
    body: spendingPrices,
    response: spendingPrices,
  },
  ({ access, body }) => setPrices(access, body),
);
