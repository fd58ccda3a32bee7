import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ConsensusView, InstanceResponse } from "@/lib/instances/schema";
import type { Question } from "@/lib/projects/schema";
import { nameAsked, nameCategory, spanCategoriesOf } from "../../../_components/asked-names";
import { categoryLooks } from "../../../_components/category-looks";
import { MarkedText } from "../../../judges/_components/marked-text";
import { CategoryMark } from "../../../label/_components/marking/category-mark";
import { ComputedFrom } from "./computed-from";
import { describeText } from "./span-words";

type ConsensusSpansProps = {
  consensus: ConsensusView<"spans">;
  instance: InstanceResponse;
  question: Question | undefined;
};

/** The passages of one text that most of those who looked at it marked. */
export function ConsensusSpans({ consensus, instance, question }: ConsensusSpansProps) {
  const t = useTranslations("instances.consensus");
  const spanWords = { t: useTranslations("instances.spans"), labels: useTranslations("projects.labels") };
  const { percent } = useNumbers();
  const { payload, confidence, labelCount, computedAt } = consensus;
  const { spans, ...on } = payload;
  // Offsets count code points, of which a string's own units are more where it holds emoji.
  const { name, text } = describeText(on, instance, spanWords);
  const points = Array.from(text ?? "");
  const categories = spanCategoriesOf(question);
  const looks = categoryLooks(
    categories,
    spans.map(({ category }) => category),
  );
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">
          {t("of", { what: nameAsked(question, consensus, spanWords.labels) })}
        </span>
        <span className="[overflow-wrap:anywhere]">{name}</span>
        <span className="text-muted-foreground tabular-nums">
          {t("agreementOnMarked", { share: percent(confidence, undefined, 0) })}
        </span>
      </p>
      {spans.length === 0 ? (
        <p className="text-muted-foreground">{t("nothingMarked")}</p>
      ) : (
        <>
          {text === null ? null : <MarkedText {...{ text, categories }} marks={spans} />}
          <ul className="grid gap-1.5 border-s-2 ps-3">
            {spans.map(({ start, end, category, severity, share }) => {
              const look = looks.find(({ id }) => id === category)!;
              const what = nameCategory(categories, category);
              return (
                <li key={`${start} ${end} ${category}`} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                  <CategoryMark category={look} className="size-4 self-center text-[0.625rem]" />
                  <span className="min-w-0 break-words">
                    {severity === null ? what : t("withSeverity", { category: what, severity })}
                  </span>
                  <span className="text-muted-foreground tabular-nums">{percent(share, undefined, 0)}</span>
                  <q dir="auto" className="max-w-[75ch] [overflow-wrap:anywhere]">
                    {points.slice(start, end).join("")}
                  </q>
                  <span className="text-xs text-muted-foreground tabular-nums">{t("range", { start, end })}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
      <ComputedFrom labelCount={labelCount} computedAt={computedAt} />
    </div>
  );
}
