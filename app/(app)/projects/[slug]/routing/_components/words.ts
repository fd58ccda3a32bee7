import type { RouteName } from "@/lib/routing/schema";

/** How each route is called and coloured on this page. */
export const routeLooks: Record<RouteName, { label: string; to: string; bar: string }> = {
  human: { label: "People", to: "people", bar: "bg-human" },
  lm: { label: "AI", to: "AI", bar: "bg-lm" },
  dual: { label: "Both", to: "both", bar: "bg-dual" },
};
