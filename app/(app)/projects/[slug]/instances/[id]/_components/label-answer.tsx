import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";
import type { InstanceResponse } from "@/lib/instances/schema";
import type { CritiquePayload, StepsPayload } from "@/lib/labels/schema";
import { wordAnswer } from "../../../_components/label-words";
import { WordDiff } from "../../../_components/word-diff";
import { describeQuote, describeSpan, type MarkedSpan } from "./span-words";

type Label = InstanceResponse["labels"][number];

/** What a label says, with all that is in it. */
export function LabelAnswer({ label, instance }: { label: Label; instance: InstanceResponse }) {
  const t = useTranslations("instances.labels");
  const labelWords = useTranslations("projects.labels");
  const spanWords = useTranslations("instances.spans");
  const stepWords = useTranslations("instances.consensus.stepLabels");
  const names = instance.completions.map(({ outsideId }) => outsideId);
  const summary = wordAnswer(label, names, labelWords);
  switch (label.type) {
    case "spans":
      return (
        <Details
          summary={summary}
          items={(label.payload.spans as MarkedSpan[]).map((span) => describeSpan(span, instance, spanWords))}
        />
      );
    case "steps":
      return <Details summary={summary} items={describeSteps(label.payload as StepsPayload, t, stepWords)} />;
    case "critique":
      return <Critique payload={label.payload as CritiquePayload} instance={instance} />;
    default:
      return <span className="block max-w-96 break-words">{summary}</span>;
  }
}

function Details({ summary, items }: { summary: string; items: string[] }) {
  if (items.length === 0) return summary;
  return (
    <details>
      <summary className="cursor-pointer">{summary}</summary>
      <ul className="mt-1 grid max-w-96 gap-0.5 text-muted-foreground">
        {items.map((item, index) => (
          <li key={index} dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">
            {item}
          </li>
        ))}
      </ul>
    </details>
  );
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

type CritiqueProps = { payload: CritiquePayload; instance: InstanceResponse };

/** The text about a completion, the spans that it quotes, and how it was rewritten beside what it was. */
function Critique({ payload: { completion, text, quotes, rewrite }, instance }: CritiqueProps) {
  const t = useTranslations("instances.labels");
  const words = useTranslations("instances");
  const spanWords = useTranslations("instances.spans");
  const of = instance.completions.find(({ index }) => index === completion);
  return (
    <div className="grid max-w-96 min-w-72 gap-1">
      <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">
        {t("critique", {
          name: of?.outsideId ?? words("completion", { index: completion }),
          text: text === "" ? t("noCritique") : text,
        })}
      </p>
      {quotes.length === 0 ? null : (
        <ul aria-label={t("quotedSpans")} className="grid gap-0.5 border-s-2 ps-2 text-muted-foreground">
          {quotes.map((id, index) => (
            <li key={index} dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">
              {describeQuote(id, completion, instance, spanWords)}
            </li>
          ))}
        </ul>
      )}
      {rewrite === null ? null : (
        <details>
          <summary className="cursor-pointer">{t("rewritten")}</summary>
          <div className="mt-1">
            <WordDiff before={of?.text ?? ""} after={rewrite} />
          </div>
        </details>
      )}
    </div>
  );
}
