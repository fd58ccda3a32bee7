import { Tags } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { wordDuration } from "@/app/_components/ui/word-duration";
import type { InstanceResponse } from "@/lib/instances/schema";
import { questionOf, type AskedQuestions } from "@/lib/projects/asked/schema";
import { letterOf } from "@/lib/text/letter";
import { namesOfAnswered } from "../../../_components/asked-names";
import { nameCompletions } from "../../../_components/completion-names";
import { sourceOf, wordAnnotator } from "../../../_components/label-words";
import { LabelAnswer } from "./label-answer";

type LabelTableProps = { slug: string; instance: InstanceResponse; asked: AskedQuestions };

/** The current labels of an instance. */
export function LabelTable({ slug, instance, asked }: LabelTableProps) {
  const t = useTranslations("instances.labels");
  const labelWords = useTranslations("projects.labels");
  const sourceNames = useTranslations("projects.sources");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const labels = instance.labels.filter(({ isCurrent }) => isCurrent);
  const types = useTranslations("projects.types");
  const ids = instance.completions.map(({ outsideId }) => outsideId);
  const name = nameCompletions(ids, labelWords);
  const rows = labels.map((label) => {
    const question = questionOf(asked, label);
    return { label, question, names: namesOfAnswered(question, label, types) };
  });
  if (labels.length === 0) {
    return (
      <EmptyState
        icon={<Tags />}
        title={t("none")}
        action={
          instance.isLabelable && instance.route !== "lm" ? (
            <Button asChild>
              <Link href={`/projects/${slug}/label`}>{t("label")}</Link>
            </Button>
          ) : null
        }
      >
        {t(`waits.${waitOf(instance)}`)}
      </EmptyState>
    );
  }
  return (
    <Section title={t("title")} description={t("description")}>
      <Table label={t("title")} stickyHead={false}>
        <THead>
          <TR>
            <TH>{t("from")}</TH>
            <TH>{t("question")}</TH>
            <TH>{t("aspect")}</TH>
            <TH>{t("answer")}</TH>
            <TH>{t("shown")}</TH>
            <TH>{t("reason")}</TH>
            <TH numeric>{t("activeTime")}</TH>
            <TH numeric>{t("cost")}</TH>
            <TH numeric>{t("revision")}</TH>
            <TH>{t("when")}</TH>
          </TR>
        </THead>
        <TBody>
          {rows.map(({ label, question, names }) => (
            <TR key={label.id}>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf(label.source).badge}>{sourceNames(label.source)}</Badge>
                  <span className="max-w-56 truncate">{wordAnnotator(label, labelWords)}</span>
                </span>
              </TD>
              <TD className="max-w-56 min-w-28 break-words text-muted-foreground">{names.question}</TD>
              <TD className="max-w-56 min-w-28 break-words text-muted-foreground">{names.aspect}</TD>
              <TD className="min-w-40">
                <LabelAnswer {...{ label, instance, question, asked }} />
                {label.isUnsure ? (
                  <Badge variant="outline" className="mt-1" title={t("unsureHint")}>
                    {t("unsure")}
                  </Badge>
                ) : null}
              </TD>
              <TD className="max-w-64 min-w-32 break-words text-muted-foreground">
                {label.shownOrder
                  ?.map((index, position) => t("shownAs", { letter: letterOf(position), name: name(index) }))
                  .join(t("comma")) ?? t(label.annotator.startsWith("judge:") ? "bothOrders" : "orderUnknown")}
                {label.suggestion ? (
                  <span className="block">{t(label.suggestion.taken ? "suggestionTaken" : "suggestionLeft")}</span>
                ) : null}
              </TD>
              <TD className="max-w-96 min-w-40 whitespace-pre-line text-muted-foreground" dir="auto">
                {label.rationale}
              </TD>
              <TD numeric>
                {label.activeMs === null ? "" : wordDuration(label.activeMs, numbers, durations, { withTenths: true })}
              </TD>
              <TD numeric>{label.costMicros === null ? "" : numbers.money(label.costMicros)}</TD>
              <TD numeric>{label.revision}</TD>
              <TD>
                <RelativeTime value={label.createdAt} className="text-muted-foreground" />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

/** Whom an instance without labels waits for. */
function waitOf({ isLabelable, route }: InstanceResponse) {
  return isLabelable ? route : "notLabelable";
}
