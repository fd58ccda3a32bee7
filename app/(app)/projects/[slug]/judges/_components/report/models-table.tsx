import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ModelWins } from "@/lib/judges/report/schema";
import { wordFigure } from "./report-words";

const kinWords = { same: "ownModel", family: "ownFamily" } as const;

/** Whether it favours the completions of some models, its own among them. */
export function ModelsTable({ models }: { models: ModelWins[] }) {
  const t = useTranslations("judges.report");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  if (models.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t("modelsTitle")}</h3>
      <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">{t("modelsHelp")}</p>
      <Table label={t("modelsTitle")} density="compact">
        <THead>
          <TR>
            <TH>{t("completionsOf")}</TH>
            <TH numeric>{t("byAi")}</TH>
            <TH numeric>{t("byConsensus")}</TH>
            <TH numeric>{t("favoured")}</TH>
            <TH numeric>{t("pairs")}</TH>
          </TR>
        </THead>
        <TBody>
          {models.map(({ model, kin, pairs, ai, consensus, difference }) => (
            <TR key={model}>
              <TD className="min-w-32 [overflow-wrap:anywhere]">
                {model} {kin ? <Badge variant="amber">{t(kinWords[kin])}</Badge> : null}
              </TD>
              <TD numeric>{numbers.percent(ai)}</TD>
              <TD numeric>{numbers.percent(consensus)}</TD>
              <TD numeric>{wordFigure(difference, true, numbers, words)}</TD>
              <TD numeric>{numbers.number(pairs)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
