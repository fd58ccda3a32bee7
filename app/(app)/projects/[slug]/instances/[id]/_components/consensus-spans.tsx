import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ConsensusView, InstanceResponse } from "@/lib/instances/schema";
import { ComputedFrom } from "./computed-from";
import { describeQuestion } from "./consensus-words";
import { describeText } from "./span-words";

type ConsensusSpansProps = { consensus: ConsensusView<"spans">; instance: InstanceResponse };

/** The passages of one text that most of those who looked at it marked. */
export function ConsensusSpans({ consensus, instance }: ConsensusSpansProps) {
  const t = useTranslations("instances.consensus");
  const words = useTranslations("instances.consensus.words");
  const spanWords = useTranslations("instances.spans");
  const { percent } = useNumbers();
  const { payload, confidence, labelCount, computedAt } = consensus;
  const { spans, ...on } = payload;
  // Offsets count code points, of which a string's own units are more where it holds emoji.
  const { name, text } = describeText(on, instance, spanWords);
  const points = Array.from(text ?? "");
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{t("of", { what: describeQuestion(consensus, words) })}</span>
        <span className="font-mono text-xs font-medium">{name}</span>
        <span className="text-muted-foreground tabular-nums">
          {t("agreementOnMarked", { share: percent(confidence, undefined, 0) })}
        </span>
      </p>
      {spans.length === 0 ? (
        <p className="text-muted-foreground">{t("nothingMarked")}</p>
      ) : (
        <ul className="grid gap-1.5 border-s-2 ps-3">
          {spans.map(({ start, end, category, severity, share }) => (
            <li key={`${start} ${end} ${category}`} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <Badge variant="neutral">
                {severity === null ? category : t("withSeverity", { category, severity })}
              </Badge>
              <span className="text-muted-foreground tabular-nums">{percent(share, undefined, 0)}</span>
              <q dir="auto" className="max-w-[75ch] [overflow-wrap:anywhere]">
                {points.slice(start, end).join("")}
              </q>
              <span className="text-xs text-muted-foreground tabular-nums">{t("range", { start, end })}</span>
            </li>
          ))}
        </ul>
      )}
      <ComputedFrom labelCount={labelCount} computedAt={computedAt} />
    </div>
  );
}
