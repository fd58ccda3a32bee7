import { endpoint } from "@/app/api/endpoint";
import { makePlan } from "@/lib/routing/budget/make-plan";
import { plan, planInput } from "@/lib/routing/budget/schema";

export const POST = endpoint(
  {
    summary: "Say what share for people an amount pays for, or a quality needs, and what it buys; nothing is stored",
    audience: "routing:read",
    body: planInput,
    response: plan,
  },
  ({ access, body }) => makePlan(access, body),
);
