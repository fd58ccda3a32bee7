import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

import { cn } from "./cn";

const badgeVariants = cva(
  "inline-flex h-5 w-fit shrink-0 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap tabular-nums forced-colors:border [&_svg]:size-3",
  {
    variants: {
      variant: {
        neutral: "bg-tone-zinc-soft text-tone-zinc-ink",
        indigo: "bg-tone-indigo-soft text-tone-indigo-ink",
        amber: "bg-tone-amber-soft text-tone-amber-ink",
        teal: "bg-tone-teal-soft text-tone-teal-ink",
        violet: "bg-tone-violet-soft text-tone-violet-ink",
        emerald: "bg-tone-emerald-soft text-tone-emerald-ink",
        rose: "bg-tone-rose-soft text-tone-rose-ink",
        outline: "border border-border-strong text-muted-foreground",
      },
    },
    defaultVariants: { variant: "neutral" },
  },
);

export type BadgeVariant = NonNullable<VariantProps<typeof badgeVariants>["variant"]>;

/** A short state or kind, one or two words. */
export function Badge({ variant, className, ...props }: ComponentProps<"span"> & { variant?: BadgeVariant }) {
  return <span {...props} className={cn(badgeVariants({ variant }), className)} />;
}
