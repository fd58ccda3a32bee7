import { useTranslations } from "next-intl";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ConsensusView } from "@/lib/instances/schema";

/** How many votes a consensus is made of, and when. */
export function ComputedFrom({ labelCount, computedAt }: Pick<ConsensusView, "labelCount" | "computedAt">) {
  const t = useTranslations("instances.consensus");
  return (
    <p className="text-[0.8125rem] text-muted-foreground">
      {t.rich("computed", { count: labelCount, time: () => <RelativeTime value={computedAt} /> })}
    </p>
  );
}
