import { cn } from "@/app/_components/ui/cn";
import { CategoryMark } from "../marking/category-mark";
import type { Marking } from "../marking/marking";
import type { SpanCategory } from "./span-categories";

type SpanCategoriesProps = {
  categories: readonly SpanCategory[];
  /** Null while keys are about another question about spans. */
  marking: Marking | null;
};

/** The key to the colours: each category marks what is selected, or becomes that of the picked span. */
export function SpanCategories({ categories, marking }: SpanCategoriesProps) {
  const isUsable = marking !== null && (marking.selection !== null || marking.picked !== null);
  return (
    <div className="flex flex-wrap items-center gap-1">
      {categories.map((category) => (
        <button
          key={category.id}
          type="button"
          title={category.definition}
          aria-disabled={!isUsable}
          aria-pressed={marking?.picked?.category === category.id}
          aria-keyshortcuts={category.key.toUpperCase()}
          // A press would take the selection away.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => isUsable && marking.categorise(category.id)}
          className={cn(
            "flex h-6 max-w-52 items-center gap-1.5 rounded-md border px-1.5 text-xs",
            "aria-pressed:border-primary aria-pressed:bg-tone-indigo-soft aria-pressed:text-tone-indigo-ink",
            isUsable ? "hover:bg-accent" : "cursor-default text-muted-foreground",
          )}
        >
          <CategoryMark category={category} />
          <span dir="auto" className="truncate">
            {category.name}
          </span>
        </button>
      ))}
    </div>
  );
}
