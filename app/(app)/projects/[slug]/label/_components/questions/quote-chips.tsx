import { useTranslations } from "next-intl";
import { use } from "react";
import type { Answers, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { spanId } from "@/lib/text/quotes";
import { BindingsContext } from "../command-key";
import { CategoryMark } from "../marking/category-mark";
import { quotable } from "./quotes";
import { withKeys } from "./span-categories";
import { rawText, textOfSpan, wordText } from "./spans";

/** Characters of a span that a chip may have; more are never seen. */
const maxWords = 60;

type QuoteChipsProps = {
  question: QuestionOf<"critique">;
  assignment: AssignmentView;
  answers: Answers;
  completion: number;
  quotes: readonly string[];
  onTurn: () => void;
  onToggle: (id: string) => void;
};

/** The spans that are marked on a completion and on what it answers, each to be quoted by its critique or not. */
export function QuoteChips({ question, assignment, answers, completion, quotes, onTurn, onToggle }: QuoteChipsProps) {
  const t = useTranslations("label");
  const marked = quotable(question, answers, completion);
  const asked = assignment.schema.questions.find((one) => one.id === question.quotes);
  if (asked?.type !== "spans" || marked.length === 0) return null;
  const categories = withKeys(asked.categories, use(BindingsContext));
  const { label: letter } = assignment.completions[completion]!;
  return (
    <div
      role="group"
      aria-label={t("critique.quotedIn", { name: question.name, letter })}
      className="mt-1.5 flex max-h-16 flex-wrap items-center gap-1.5 overflow-y-auto p-0.5"
    >
      <span aria-hidden className="text-xs text-muted-foreground">
        {t("critique.quotes")}
      </span>
      {marked.map((span) => {
        const id = spanId(span);
        const category = categories.find((one) => one.id === span.category);
        const words = textOfSpan(rawText(assignment, span.on), span).replaceAll(/\s+/g, " ").slice(0, maxWords);
        const where = span.on === completion ? [] : [wordText(span.on, t)];
        return (
          <button
            key={id}
            type="button"
            aria-pressed={quotes.includes(id)}
            aria-label={[category?.name ?? span.category, words, ...where].join(t("list.comma"))}
            title={where[0]}
            onFocus={onTurn}
            onClick={() => onToggle(id)}
            className="flex h-6 max-w-48 items-center gap-1.5 rounded-full border border-dashed border-border-strong ps-1 pe-2.5 text-xs text-muted-foreground transition-colors duration-150 hover:text-foreground focus-visible:outline-offset-0 aria-pressed:border-solid aria-pressed:border-primary aria-pressed:bg-tone-indigo-soft aria-pressed:font-medium aria-pressed:text-tone-indigo-ink"
          >
            {category ? <CategoryMark category={category} className="size-4 rounded-full text-[0.625rem]" /> : null}
            <span dir="auto" className="min-w-0 truncate">
              {words}
            </span>
          </button>
        );
      })}
    </div>
  );
}
