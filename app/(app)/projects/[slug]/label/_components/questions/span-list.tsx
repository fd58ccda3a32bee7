import { MessageSquareText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { cn } from "@/app/_components/ui/cn";
import type { AssignmentView } from "@/lib/assignments/schema";
import { CategoryMark } from "../marking/category-mark";
import type { SpanCategory } from "./span-categories";
import { keyOfSpan, type MarkedSpan, type On, rawText, spansOn, type SpansAnswer, textOfSpan, wordText } from "./spans";

/** Characters of a quote that a row may have; more are never seen. */
const maxQuote = 200;

type SpanListProps = {
  /** One completion, the prompt, or the messages of a conversation. */
  texts: readonly On[];
  assignment: AssignmentView;
  answer: SpansAnswer | undefined;
  categories: readonly SpanCategory[];
  asksSeverity: boolean;
  picked: MarkedSpan | null;
  onPick: (span: MarkedSpan, key: string) => void;
};

/** The spans of one text, or of one conversation, in reading order, always as high as three of them, or as two in a low window. */
export function SpanList({ texts, assignment, answer, categories, asksSeverity, picked, onPick }: SpanListProps) {
  const t = useTranslations("label");
  // Long texts are searched for their quotes once, whatever else is answered.
  const rows = useMemo(
    () =>
      spansOn(answer, ...texts).map((span) => ({
        ...{ span, key: keyOfSpan(span) },
        quote: textOfSpan(rawText(assignment, span.on), span).replaceAll(/\s+/g, " ").slice(0, maxQuote),
        where: typeof span.on === "number" || span.on === "prompt" ? null : wordText(span.on, t),
      })),
    [answer, texts, assignment, t],
  );
  return (
    <ul className="h-[4.5rem] overflow-y-auto rounded-md border bg-sidebar contain-strict [@media(height<50rem)]:h-12">
      {rows.map(({ span, key, quote, where }, index) => {
        const category = categories.find(({ id }) => id === span.category);
        return (
          // A row keeps the focus when the category or an end of its span is changed.
          <li key={index} className="h-6">
            <button
              type="button"
              aria-current={span === picked}
              aria-label={[category?.name ?? span.category, quote, where, span.severity, span.note]
                .filter(Boolean)
                .join(t("list.comma"))}
              onFocus={() => span !== picked && onPick(span, key)}
              onClick={() => onPick(span, key)}
              className={cn(
                "flex h-6 w-full items-center gap-1.5 px-1.5 text-start text-xs focus-visible:-outline-offset-2",
                span === picked ? "bg-tone-indigo-soft text-tone-indigo-ink" : "hover:bg-accent",
              )}
            >
              {category ? <CategoryMark category={category} className="size-4 text-[0.625rem]" /> : null}
              <span dir="auto" className="min-w-0 flex-1 truncate rtl:text-right">
                {quote}
              </span>
              {where ? <span className="shrink-0 text-muted-foreground">{where}</span> : null}
              {span.note ? <MessageSquareText aria-hidden className="size-3 shrink-0" /> : null}
              {asksSeverity ? (
                <span className={cn("max-w-24 shrink-0 truncate", !span.severity && "font-medium text-tone-amber-ink")}>
                  {span.severity ?? t("spans.noSeverity")}
                </span>
              ) : null}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
