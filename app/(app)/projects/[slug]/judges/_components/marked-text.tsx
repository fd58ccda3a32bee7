import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";
import { cutPieces } from "./cut-pieces";

const paletteSize = 10;

export type Mark = { start: number; end: number; category: string; severity?: string | null; note?: string };

type MarkedTextProps = {
  text: string;
  marks: readonly Mark[];
  /** All that there can be, which gives each its colour and letter; what is not among them comes behind. */
  categories: readonly string[];
};

/** A text with what is marked in it: each mark with the letter and colour of its category, which a legend explains. */
export function MarkedText({ text, marks, categories }: MarkedTextProps) {
  const t = useTranslations("judges.detail");
  const known = [...new Set([...categories, ...marks.map(({ category }) => category)])];
  const colourOf = (category: string) => `var(--span-${(known.indexOf(category) % paletteSize) + 1})`;
  const letterOf = (category: string) => String.fromCharCode(65 + (known.indexOf(category) % 26));
  const used = known.filter((category) => marks.some((mark) => mark.category === category));
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
              title={covering.map((mark) => wordMark(mark, t)).join("; ")}
              className="rounded-xs bg-transparent text-inherit"
              style={{
                background: `color-mix(in srgb, ${colourOf(covering[0]!.category)} 16%, transparent)`,
                boxShadow: covering.map(({ category }, n) => `0 ${2 * (n + 1)}px 0 ${colourOf(category)}`).join(", "),
              }}
            >
              {covering
                .filter((mark) => mark.start === piece.start)
                .map(({ category }, n) => (
                  <Letter key={n} letter={letterOf(category)} colour={colourOf(category)} />
                ))}
              {piece.text}
            </mark>
          );
        })}
      </p>
      {used.length === 0 ? null : (
        <ul aria-label={t("categories")} className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem]">
          {used.map((category) => (
            <li key={category} className="flex items-center gap-1 [overflow-wrap:anywhere]">
              <Letter letter={letterOf(category)} colour={colourOf(category)} />
              {category}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Letter({ letter, colour }: { letter: string; colour: string }) {
  return (
    <span
      aria-hidden
      style={{ background: colour }}
      className="me-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-[3px] align-text-bottom text-[0.625rem] leading-none font-semibold text-span-letter"
    >
      {letter}
    </span>
  );
}

function wordMark({ category, severity, note }: Mark, t: Translate<"judges.detail">): string {
  const what = severity ? t("severe", { category, severity }) : category;
  return note ? t("noted", { category: what, note }) : what;
}
