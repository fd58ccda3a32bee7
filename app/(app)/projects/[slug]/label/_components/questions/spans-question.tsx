"use client";

import { useTranslations } from "next-intl";
import { use, useMemo } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Kbd } from "@/app/_components/ui/kbd";
import { BindingsContext } from "../command-key";
import { useMarking } from "../marking/marking";
import { QuestionBlock } from "./question-block";
import type { QuestionProps } from "./question-type";
import { withKeys } from "./span-categories";
import { SpanCategories } from "./span-categories-bar";
import { SpanEditor } from "./span-editor";
import { SpanList } from "./span-list";
import { cover, rawText, textOfSpan, textsByPart } from "./spans";

/** What is marked in each text, whether it was looked through, and what can be done with a span. */
export function SpansQuestion(props: QuestionProps<"spans">) {
  const { question, answer, assignment, active, isOnly, placeOf, onAnswer, onTurn } = props;
  const t = useTranslations("label");
  const marking = useMarking();
  const current = marking?.question === question ? marking : null;
  const categories = withKeys(question.categories, use(BindingsContext));
  const parts = useMemo(() => textsByPart(question, assignment), [question, assignment]);
  const count = answer?.spans.length ?? 0;
  return (
    <QuestionBlock
      name={question.name}
      definition={question.definition}
      isCurrent={active !== null}
      isOnly={isOnly}
      note={t("spans.marked", { count })}
    >
      <div className="col-span-full">
        <SpanCategories categories={categories} marking={current} />
      </div>
      <div className="col-span-full grid grid-cols-[repeat(auto-fit,minmax(min(13rem,100%),1fr))] gap-x-4 gap-y-1.5">
        {parts.map((texts, part) => {
          const on = texts[0]!;
          const prompt = on === "prompt" ? "prompt" : "conversation";
          const letter = typeof on === "number" ? assignment.completions[on]!.label : t(`texts.${prompt}`);
          return (
            <section
              key={part}
              aria-label={t("spans.in", { text: typeof on === "number" ? letter : t(`texts.the.${prompt}`) })}
              data-place={placeOf(part)}
              // Prompt and conversation have nothing to tick, but the keyboard selects in them, too.
              tabIndex={typeof on === "number" ? undefined : 0}
              onFocus={() => onTurn(part)}
              className={cn("min-w-0 rounded-md", active !== part && "@max-2xl:hidden")}
            >
              <div className="flex h-7 items-center gap-1.5">
                <TextLetter letter={letter} isCurrent={active === part} />
                {typeof on !== "number" ? null : (
                  <LookedThrough
                    letter={letter}
                    isMarked={answer?.spans.some((span) => span.on === on) ?? false}
                    isCovered={answer?.covered.includes(on) ?? false}
                    isCurrent={active === part}
                    onChange={(isCovered) => onAnswer(cover(answer, on, isCovered), part)}
                  />
                )}
              </div>
              <SpanList
                {...{ texts, answer, assignment, categories }}
                asksSeverity={question.severities.length > 0}
                picked={current?.picked ?? null}
                onPick={(span, key) => {
                  onTurn(part);
                  marking?.pick(key);
                  marking?.reveal(span);
                }}
              />
            </section>
          );
        })}
      </div>
      <div className="col-span-full min-w-0">
        <SpanEditor {...{ question, assignment }} marking={current} />
      </div>
      <p role="status" className="sr-only">
        {current?.selection
          ? t("spans.selected", {
              text: textOfSpan(rawText(assignment, current.selection.on), current.selection.span).slice(0, 200),
            })
          : null}
      </p>
    </QuestionBlock>
  );
}

/** Which text a list is about. */
function TextLetter({ letter, isCurrent }: { letter: string; isCurrent: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "flex h-5 min-w-5 items-center justify-center rounded px-1 text-xs font-semibold",
        isCurrent ? "bg-primary text-white forced-colors:border" : "bg-muted text-muted-foreground",
      )}
    >
      {letter}
    </span>
  );
}

type LookedThroughProps = {
  letter: string;
  isMarked: boolean;
  isCovered: boolean;
  isCurrent: boolean;
  onChange: (isCovered: boolean) => void;
};

/** Says that a completion was looked through. A box to tick: with the focus on it Enter still submits. */
function LookedThrough({ letter, isMarked, isCovered, isCurrent, onChange }: LookedThroughProps) {
  const t = useTranslations("label");
  return (
    <label
      className={cn(
        "flex h-7 cursor-pointer items-center gap-1.5 rounded-md border border-border-strong px-2 text-xs select-none",
        "transition-colors duration-150 hover:bg-accent",
        "has-checked:border-primary has-checked:bg-tone-indigo-soft has-checked:font-medium has-checked:text-tone-indigo-ink",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
      )}
    >
      <input
        type="checkbox"
        checked={isCovered}
        aria-label={isMarked ? t("spans.done", { letter }) : t("spans.nothingIn", { letter })}
        aria-keyshortcuts={isCurrent ? "0" : undefined}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3 accent-primary focus-visible:outline-none"
      />
      <span aria-hidden>{isMarked ? t("spans.done", { letter }) : t("spans.nothing")}</span>
      {isCurrent ? <Kbd aria-hidden>0</Kbd> : null}
    </label>
  );
}
