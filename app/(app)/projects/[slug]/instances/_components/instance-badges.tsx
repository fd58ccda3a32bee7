import { Flag } from "lucide-react";
import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import type { InstanceListItem, InstanceStatus } from "@/lib/instances/schema";

export const statusWords: Record<InstanceStatus, { label: string; badge: BadgeVariant }> = {
  unlabelled: { label: "Not begun", badge: "outline" },
  "in-progress": { label: "In progress", badge: "indigo" },
  "waiting-for-ai": { label: "Waits for AI", badge: "amber" },
  complete: { label: "Complete", badge: "emerald" },
  "not-labelable": { label: "Cannot be shown", badge: "neutral" },
};

/** How far the labelling of an instance is. */
export function StatusBadge({ status }: { status: InstanceStatus }) {
  return <Badge variant={statusWords[status].badge}>{statusWords[status].label}</Badge>;
}

export const routeWords: Record<InstanceListItem["route"], { label: string; badge: BadgeVariant }> = {
  human: { label: "People", badge: "indigo" },
  lm: { label: "AI", badge: "amber" },
  dual: { label: "Both", badge: "violet" },
};

/** Who is to label an instance. */
export function RouteBadge({ route }: { route: InstanceListItem["route"] }) {
  return <Badge variant={routeWords[route].badge}>{routeWords[route].label}</Badge>;
}

/** Somebody found a problem with the instance that no researcher has dealt with. */
export function FlaggedBadge() {
  return (
    <Badge variant="rose">
      <Flag aria-hidden className="size-3" />
      Flagged
    </Badge>
  );
}
