import { Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import type { InstanceListItem, InstanceStatus } from "@/lib/instances/schema";

export const statusBadges = {
  unlabelled: "outline",
  "in-progress": "indigo",
  "waiting-for-ai": "amber",
  complete: "emerald",
  "not-labelable": "neutral",
} as const satisfies Record<InstanceStatus, BadgeVariant>;

/** How far the labelling of an instance is. */
export function StatusBadge({ status }: { status: InstanceStatus }) {
  const t = useTranslations("instances.badges");
  return <Badge variant={statusBadges[status]}>{t(`statuses.${status}`)}</Badge>;
}

export const routeBadges = {
  human: "indigo",
  lm: "amber",
  dual: "violet",
} as const satisfies Record<InstanceListItem["route"], BadgeVariant>;

/** Who is to label an instance. */
export function RouteBadge({ route }: { route: InstanceListItem["route"] }) {
  const t = useTranslations("instances.badges");
  return <Badge variant={routeBadges[route]}>{t(`routes.${route}`)}</Badge>;
}

/** Somebody found a problem with the instance that no researcher has dealt with. */
export function FlaggedBadge() {
  const t = useTranslations("instances.badges");
  return (
    <Badge variant="rose">
      <Flag aria-hidden className="size-3" />
      {t("flagged")}
    </Badge>
  );
}
