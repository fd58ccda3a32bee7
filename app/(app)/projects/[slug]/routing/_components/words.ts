import type { RouteName } from "@/lib/routing/schema";

/** How each route is coloured on this page. */
export const routeBars: Record<RouteName, string> = { human: "bg-human", lm: "bg-lm", dual: "bg-dual" };

export const routeNames = Object.keys(routeBars) as RouteName[];
