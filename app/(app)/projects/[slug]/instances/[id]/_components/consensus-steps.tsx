import { useTranslations } from "next-intl";
import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { ConsensusView, InstanceResponse } from "@/lib/instances/schema";
import type { Question } from "@/lib/projects/schema";
import { nameAsked } from "../../../_components/asked-names";
import { nameCompletions } from "../../../_components/completion-names";
import { ComputedFrom } from "./computed-from";

type ConsensusStepsProps = {
  consensus: ConsensusView<"steps">;
  completions: InstanceResponse["completions"];
  question: Question | undefined;
};

const badges = { good: "emerald", neutral: "neutral", bad: "rose" } as const satisfies Record<string, BadgeVariant>;

/** The steps of one completion, a row each, and where the first error is. */
export function ConsensusSteps({ consensus, completions, question: asked }: ConsensusStepsProps) {
  const t = useTranslations("instances.consensus");
  const labelWords = useTranslations("projects.labels");
  const { percent } = useNumbers();
  const { method, payload, confidence, labelCount, computedAt } = consensus;
  const completion = completions[payload.completion];
  const steps = completion?.judgedSteps ?? completion?.steps;
  const ids = completions.map(({ outsideId }) => outsideId);
  const name = nameCompletions(ids, labelWords)(payload.completion);
  const question = nameAsked(asked, consensus, labelWords);
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">{t("of", { what: question })}</span>
        <span className="[overflow-wrap:anywhere]">{name}</span>
        <span className="font-medium">{wordFirstError(payload, t)}</span>
        {payload.isDraw ? null : (
          <span className="text-muted-foreground tabular-nums">
            {t(method === "majority" ? "ofVotes" : "ofWeight", { share: percent(confidence, undefined, 0) })}
          </span>
        )}
      </p>
      {payload.steps.length > 0 ? (
        <Table label={t("stepsOf", { name, question })} stickyHead={false}>
          <THead>
            <TR>
              <TH numeric>{t("step")}</TH>
              <TH>{t("text")}</TH>
              <TH>{t("label")}</TH>
              <TH numeric>{t("agreement")}</TH>
              <TH>{t("flags")}</TH>
            </TR>
          </THead>
          <TBody>
            {payload.steps.map(({ index, label, share, flags }) => (
              <TR key={index}>
                <TD numeric>{index + 1}</TD>
                <TD dir="auto" className="max-w-[75ch] whitespace-pre-line">
                  {steps?.[index]}
                </TD>
                <TD>
                  {label === null ? t("draw") : <Badge variant={badges[label]}>{t(`stepLabels.${label}`)}</Badge>}
                </TD>
                <TD numeric>{label === null ? "" : percent(share, undefined, 0)}</TD>
                <TD className="text-muted-foreground">{flags.join(labelWords("comma"))}</TD>
              </TR>
            ))}
          </TBody>
        </Table>
      ) : null}
      <ComputedFrom labelCount={labelCount} computedAt={computedAt} />
    </div>
  );
}

function wordFirstError(
  { firstError, isDraw }: ConsensusView<"steps">["payload"],
  t: Translate<"instances.consensus">,
): string {
  if (isDraw) return t("firstError.draw");
  return firstError === null ? t("firstError.none") : t("firstError.step", { number: firstError + 1 });
}
