import { useTranslations } from "next-intl";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { AnnotatorAgreement } from "@/lib/reward/evaluation/schema";
import { wordEstimate } from "../../_components/words";

type AnnotatorsTableProps = {
  annotators: AnnotatorAgreement[];
  /** How each is called, by how labels name them. */
  names: Record<string, string>;
};

/** How often the model, and how often other annotators, agree with each annotator. */
export function AnnotatorsTable({ annotators, names }: AnnotatorsTableProps) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (annotators.length === 0) return null;
  return (
    <Section title={t("annotators.title")} description={t("annotators.hint")}>
      <Table label={t("annotators.label")} density="compact">
        <THead>
          <TR>
            <TH>{t("words.annotator")}</TH>
            <TH numeric>{t("annotators.modelAgrees")}</TH>
            <TH numeric>{t("annotators.othersAgree")}</TH>
            <TH numeric>{t("words.pairs")}</TH>
          </TR>
        </THead>
        <TBody>
          {annotators.map(({ annotator, source, model, others }) => (
            <TR key={annotator}>
              <TD className="min-w-40 [overflow-wrap:anywhere]">
                {names[annotator] ?? annotator}
                {source === "lm" ? <span className="text-muted-foreground"> {t("annotators.ai")}</span> : null}
              </TD>
              <TD numeric>{wordEstimate(model, numbers, t)}</TD>
              <TD numeric>{others ? wordEstimate(others, numbers, t) : t("annotators.nobodyElse")}</TD>
              <TD numeric>{numbers.number(model.values)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
