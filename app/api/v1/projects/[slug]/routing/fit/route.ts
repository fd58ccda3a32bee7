import { endpoint } from "@/app/api/endpoint";
import { fitInput, fitStarted } from "@/lib/routing/fits/schema";
import { startFit } from "@/lib/routing/fits/start-fit";

export const POST = endpoint(
  {
    summary: "Learn whom to ask from what people and AI have both labelled, and backtest every policy; its run does it",
    audience: "routing:manage",
    body: fitInput,
    response: fitStarted,
    status: 202,
  },
  ({ access, body }) => startFit(access, body),
);
