import { type ReactNode, useId } from "react";
import { cn } from "@/app/_components/ui/cn";

type QuestionBlockProps = {
  name: string;
  definition: string;
  /** Keys answer something in it. */
  isCurrent: boolean;
  isOnly: boolean;
  /** Stands beside the name. */
  note?: ReactNode;
  children: ReactNode;
};

/** One question or aspect with a row for each completion. */
export function QuestionBlock({ name, definition, isCurrent, isOnly, note, children }: QuestionBlockProps) {
  const id = useId();
  return (
    <fieldset
      aria-describedby={definition ? id : undefined}
      className={cn(
        "min-w-0 grid-cols-[8.5rem_1fr] gap-x-3 @2xl:grid",
        !isOnly && "rounded-md border-s-2 border-transparent ps-2",
        !isOnly && isCurrent && "border-primary",
        // Where there is room for one question only, the tabs turn to the others.
        !isCurrent && "@max-2xl:hidden",
      )}
    >
      <legend className="sr-only">{name}</legend>
      <span id={id} hidden>
        {definition}
      </span>
      <div aria-hidden className="min-w-0 @2xl:py-2">
        <p
          title={name}
          dir="auto"
          className={cn(
            "truncate text-[0.8125rem] rtl:text-right",
            isCurrent ? "font-medium" : "text-muted-foreground",
          )}
        >
          {name}
        </p>
        {note ? (
          <p dir="auto" className="text-xs text-muted-foreground rtl:text-right">
            {note}
          </p>
        ) : null}
      </div>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(17rem,100%),1fr))] gap-x-4 gap-y-1.5">{children}</div>
    </fieldset>
  );
}
