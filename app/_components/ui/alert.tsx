import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "./cn";

type Tone = "info" | "success" | "warning" | "danger";

const tones: Record<Tone, { icon: LucideIcon; box: string; ink: string }> = {
  info: { icon: Info, box: "border-tone-indigo/30 bg-tone-indigo-soft", ink: "text-tone-indigo-ink" },
  success: { icon: CircleCheck, box: "border-tone-emerald/30 bg-tone-emerald-soft", ink: "text-tone-emerald-ink" },
  warning: { icon: TriangleAlert, box: "border-tone-amber/30 bg-tone-amber-soft", ink: "text-tone-amber-ink" },
  danger: { icon: CircleX, box: "border-tone-rose/30 bg-tone-rose-soft", ink: "text-tone-rose-ink" },
};

type AlertProps = { tone: Tone; title?: ReactNode; children?: ReactNode; className?: string };

/** A message that belongs to the page: what is the case and what to do about it. A danger is announced at once. */
export function Alert({ tone, title, children, className }: AlertProps) {
  const { icon: Icon, box, ink } = tones[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : undefined}
      className={cn("flex gap-2.5 rounded-md border px-3 py-2.5", box, className)}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {title ? <p className={cn("font-medium", ink)}>{title}</p> : null}
        {children ? <div className="text-foreground">{children}</div> : null}
      </div>
    </div>
  );
}
