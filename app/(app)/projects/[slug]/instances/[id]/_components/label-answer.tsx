import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Translate } from "@/app/i18n/translate";
import type { InstanceResponse } from "@/lib/instances/schema";
import type { CritiquePayload, StepsPayload } from "@/lib/labels/schema";
import { questionsOf, type AskedQuestions } from "@/lib/projects/asked/schema";
import type { Question } from "@/lib/projects/schema";
import { readSpanId } from "@/lib/text/quotes";
import { nameCategory, spanCategoriesOf, type SpanCategories } from "../../../_components/asked-names";
import { categoryLooks } from "../../../_components/category-looks";
import { wordAnswer } from "../../../_components/label-words";
import { useAnswerWords } from "../../../_components/use-answer-words";
import { WordDiff } from "../../../_components/word-diff";
import { CategoryMark } from "../../../label/_components/marking/category-mark";
import type { SpanCategory } from "../../../label/_components/questions/span-categories";
import { describeQuote, describeSpan, describeText, type MarkedSpan } from "./span-words";

type Label = InstanceResponse["labels"][number];

type LabelAnswerProps = {
  label: Label;
  instance: InstanceResponse;
  /** What the label answers, as it was asked then. */
  question: Question | undefined;
  asked: AskedQuestions;
};

/** What a label says, with all that is in it. */
export function LabelAnswer({ label, instance, question, asked }: LabelAnswerProps) {
  const t = useTranslations("instances.labels");
  const words = useAnswerWords();
  const stepWords = useTranslations("instances.consensus.stepLabels");
  const ids = instance.completions.map(({ outsideId }) => outsideId);
  const summary = wordAnswer(label, { ids, question }, words);
  const categories = spanCategoriesOf(question, questionsOf(asked, label));
  switch (label.type) {
    case "spans":
      return (
        <Details summary={summary}>
          <Spans spans={label.payload.spans as MarkedSpan[]} {...{ instance, categories }} />
        </Details>
      );
    case "steps":
      return (
        <Details summary={summary}>
          {describeSteps(label.payload as StepsPayload, t, stepWords).map((step, index) => (
            <Line key={index}>{step}</Line>
          ))}
        </Details>
      );
    case "critique":
      return <Critique payload={label.payload as CritiquePayload} {...{ instance, categories }} />;
    default:
      return <span className="block max-w-96 break-words">{summary}</span>;
  }
}

function Details({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className="max-w-96">
      <summary className="cursor-pointer break-words">{summary}</summary>
      <ul className="mt-1 grid gap-0.5 text-muted-foreground">{children}</ul>
    </details>
  );
}

/** With the letter and colour of a category, where it is about one. */
function Line({ look, children }: { look?: SpanCategory | undefined; children: ReactNode }) {
  return (
    <li className="flex items-baseline gap-1.5">
      {look ? <CategoryMark category={look} className="size-4 self-start text-[0.625rem]" /> : null}
      <span className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-line">{children}</span>
    </li>
  );
}

type SpansProps = { spans: MarkedSpan[]; instance: InstanceResponse; categories: SpanCategories };

function Spans({ spans, instance, categories }: SpansProps) {
  const words = { t: useTranslations("instances.spans"), labels: useTranslations("projects.labels") };
  const looks = categoryLooks(
    categories,
    spans.map(({ category }) => category),
  );
  return spans.map((span, index) => {
    const look = looks.find(({ id }) => id === span.category)!;
    return (
      <Line key={index} look={look}>
        {describeSpan({ ...span, category: nameCategory(categories, span.category) }, instance, words)}
      </Line>
    );
  });
}

function describeSteps(
  { steps, firstError }: StepsPayload,
  t: Translate<"instances.labels">,
  words: Translate<"instances.consensus.stepLabels">,
): string[] {
  return steps.map(({ index, label, flags }) => {
    const said = [words(label), ...(index === firstError ? [t("firstError")] : []), ...flags];
    return t("step", { number: index + 1, said: said.join(t("comma")) });
  });
}

type CritiqueProps = { payload: CritiquePayload; instance: InstanceResponse; categories: SpanCategories };

/** The text about a completion, the spans that it quotes, and how it was rewritten beside what it was. */
function Critique({ payload: { completion, text, quotes, rewrite }, instance, categories }: CritiqueProps) {
  const t = useTranslations("instances.labels");
  const labels = useTranslations("projects.labels");
  const words = { t: useTranslations("instances.spans"), labels };
  const { name, text: before } = describeText({ completion }, instance, words);
  const looks = categoryLooks(
    categories,
    quotes.flatMap((id) => readSpanId(id)?.category ?? []),
  );
  return (
    <div className="grid max-w-96 min-w-72 gap-1">
      <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">
        {t("critique", {
          name,
          text: text === "" ? t("noCritique") : text,
        })}
      </p>
      {quotes.length === 0 ? null : (
        <ul aria-label={t("quotedSpans")} className="grid gap-0.5 border-s-2 ps-2 text-muted-foreground">
          {quotes.map((id, index) => (
            <Line key={index} look={looks.find((look) => look.id === readSpanId(id)?.category)}>
              {describeQuote(id, { completion, categories }, instance, words)}
            </Line>
          ))}
        </ul>
      )}
      {rewrite === null ? null : (
        <details>
          <summary className="cursor-pointer">{t("rewritten")}</summary>
          <div className="mt-1">
            <WordDiff before={before ?? ""} after={rewrite} />
          </div>
        </details>
      )}
    </div>
  );
}
