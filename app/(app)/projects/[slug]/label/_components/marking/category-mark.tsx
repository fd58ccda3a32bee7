import { cn } from "@/app/_components/ui/cn";
import type { SpanCategory } from "../questions/span-categories";

/** The letter of a category on its colour; a dashed frame tells categories of one colour apart. */
export function CategoryMark({ category, className }: { category: SpanCategory; className?: string }) {
  return (
    <span
      aria-hidden
      style={{ background: category.colour }}
      className={cn(
        "inline-flex size-[1.125rem] shrink-0 items-center justify-center rounded-[3px] font-sans text-[0.6875rem] leading-none font-semibold text-span-letter uppercase forced-color-adjust-none",
        category.isDashed && "outline-1 outline-offset-1 outline-foreground outline-dashed",
        className,
      )}
    >
      {category.key}
    </span>
  );
}
