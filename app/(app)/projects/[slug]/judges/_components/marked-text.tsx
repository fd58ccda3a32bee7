import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";
import type { QuestionOf } from "@/lib/projects/schema";
import { categoryLooks } from "../../_components/category-looks";
import { CategoryMark } from "../../label/_components/marking/category-mark";
import { cutPieces } from "./cut-pieces";

export type Mark = { start: number; end: number; category: string; severity?: string | null; note?: string };

type MarkedTextProps = {
  text: string;
  marks: readonly Mark[];
  /** Of the question that is answered, which gives them their looks; none where it is not known. */
  categories: QuestionOf<"spans">["categories"];
};

/** A text with what is marked in it: each mark with the letter and colour of its category, which a legend explains. */
export function MarkedText({ text, marks, categories }: MarkedTextProps) {
  const t = useTranslations("judges.detail");
  const looks = categoryLooks(
    categories,
    marks.map(({ category }) => category),
  );
  const lookOf = (category: string) => looks.find(({ id }) => id === category)!;
  const used = looks.filter(({ id }) => marks.some((mark) => mark.category === id));
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <p
        dir="auto"
        tabIndex={0}
        role="region"
        aria-label={t("marked")}
        className="max-h-72 overflow-auto rounded-md border bg-background px-3 py-2 leading-6 [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        {cutPieces(text, marks).map((piece, i) => {
          const covering = piece.spans.map((index) => marks[index]!);
          return covering.length === 0 ? (
            <span key={i}>{piece.text}</span>
          ) : (
            <mark
              key={i}
              title={covering.map((mark) => wordMark(mark, lookOf(mark.category).name, t)).join("; ")}
              className="rounded-xs bg-transparent text-inherit"
              style={{
                background: `color-mix(in srgb, ${lookOf(covering[0]!.category).colour} 16%, transparent)`,
                boxShadow: covering
                  .map(({ category }, n) => `0 ${2 * (n + 1)}px 0 ${lookOf(category).colour}`)
                  .join(", "),
              }}
            >
              {covering
                .filter((mark) => mark.start === piece.start)
                .map(({ category }, n) => (
                  <CategoryMark
                    key={n}
                    category={lookOf(category)}
                    className="me-0.5 size-4 align-text-bottom text-[0.625rem]"
                  />
                ))}
              {piece.text}
            </mark>
          );
        })}
      </p>
      {used.length === 0 ? null : (
        <ul aria-label={t("categories")} className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem]">
          {used.map((category) => (
            <li key={category.id} className="flex items-center gap-1 [overflow-wrap:anywhere]">
              <CategoryMark category={category} className="size-4 text-[0.625rem]" />
              <bdi>{category.name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function wordMark({ severity, note }: Mark, category: string, t: Translate<"judges.detail">): string {
  const what = severity ? t("severe", { category, severity }) : category;
  return note ? t("noted", { category: what, note }) : what;
}
