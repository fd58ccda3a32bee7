import type { BadgeVariant } from "@/app/_components/ui/badge";
import type { RouteName } from "@/lib/routing/schema";

/** How each route is coloured on these pages. */
export const routeBars: Record<RouteName, string> = { human: "bg-human", lm: "bg-lm", dual: "bg-dual" };

export const routeBadges: Record<RouteName, BadgeVariant> = { human: "indigo", lm: "amber", dual: "violet" };

export const routeNames = Object.keys(routeBars) as RouteName[];
