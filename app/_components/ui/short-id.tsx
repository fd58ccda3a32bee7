import { useTranslations } from "next-intl";

import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** The last eight characters of an id (the random end of a uuidv7), with the whole on hover and by copying. */
export function ShortId({ id, label, className }: { id: string; label?: string; className?: string }) {
  const t = useTranslations("ui");
  return (
    <span className={cn("inline-flex items-center gap-0.5 whitespace-nowrap", className)}>
      <span title={id} className="font-mono text-xs text-muted-foreground">
        {id.slice(-8)}
      </span>
      <CopyButton value={id} label={label ?? t("id")} />
    </span>
  );
}
