import { endpoint } from "@/app/api/endpoint";
import { getFit } from "@/lib/routing/fits/queries";
import { fitParams, fitView } from "@/lib/routing/fits/schema";

export const GET = endpoint(
  {
    summary: "Read a fit of whom to ask: its data, what was learned, the backtest and what judges' confidence is worth",
    audience: "routing:read",
    params: fitParams,
    response: fitView,
  },
  ({ access, params }) => getFit(access, params.version),
);
