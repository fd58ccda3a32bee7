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
import { sourceOf, wordAnnotator } from "../../../_components/label-words";
import { LabelAnswer } from "./label-answer";

/** The current labels of an instance. */
export function LabelTable({ slug, instance }: { slug: string; instance: InstanceResponse }) {
  const t = useTranslations("instances.labels");
  const labelWords = useTranslations("projects.labels");
  const sourceNames = useTranslations("projects.sources");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const labels = instance.labels.filter(({ isCurrent }) => isCurrent);
  const names = instance.completions.map(({ outsideId }) => outsideId);
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
          {labels.map((label) => (
            <TR key={label.id}>
              <TD>
                <span className="flex items-center gap-2">
                  <Badge variant={sourceOf(label.source).badge}>{sourceNames(label.source)}</Badge>
                  <span className="max-w-56 truncate">{wordAnnotator(label, labelWords)}</span>
                </span>
              </TD>
              <TD className="text-muted-foreground">{label.question}</TD>
              <TD className="text-muted-foreground">{label.aspect}</TD>
              <TD className="min-w-40">
                <LabelAnswer label={label} instance={instance} />
                {label.isUnsure ? (
                  <Badge variant="outline" className="mt-1" title={t("unsureHint")}>
                    {t("unsure")}
                  </Badge>
                ) : null}
              </TD>
              <TD className="whitespace-nowrap text-muted-foreground">
                {label.shownOrder?.map((index) => names[index] ?? index).join(", ") ??
                  t(label.annotator.startsWith("judge:") ? "bothOrders" : "orderUnknown")}
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
