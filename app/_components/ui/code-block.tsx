import { useTranslations } from "next-intl";

import { cn } from "./cn";
import { CopyButton } from "./copy-button";

/** Code or a command to copy. Long lines scroll, also by keyboard. */
export function CodeBlock({ code, label, className }: { code: string; label?: string; className?: string }) {
  const t = useTranslations("ui");
  const name = label ?? t("code");
  return (
    // Code runs from left to right in every language.
    <div dir="ltr" className={cn("relative min-w-0 rounded-md border bg-sidebar", className)}>
      <pre
        tabIndex={0}
        role="region"
        aria-label={name}
        className="overflow-x-auto rounded-md py-2 ps-3 pe-10 font-mono text-[0.8125rem] leading-5 [font-variant-ligatures:none]"
      >
        <code>{code}</code>
      </pre>
      <CopyButton value={code} label={name} className="absolute end-1.5 top-1.5 bg-sidebar" />
    </div>
  );
}
