import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { DoneOfQuestion } from "@/lib/judges/done/schema";

type DoneByQuestionProps = { version: number; questions: DoneOfQuestion[]; currency: string };

/** What the current version has answered, question by question. */
export function DoneByQuestion({ version, questions, currency }: DoneByQuestionProps) {
  const t = useTranslations("judges.done");
  const common = useTranslations("judges.common");
  const types = useTranslations("projects.types");
  const numbers = useNumbers();
  const none = <span className="text-muted-foreground">{common("noneYet")}</span>;
  return (
    <Section title={t("title", { version })} description={t("description")}>
      {questions.length === 0 ? (
        <p className="text-muted-foreground">{t("nothing")}</p>
      ) : (
        <Table label={t("table")} stickyHead={false}>
          <THead>
            <TR>
              <TH>{common("question")}</TH>
              <TH numeric>{t("answers")}</TH>
              <TH numeric>{t("labelsMade")}</TH>
              <TH numeric>{common("ordersDisagree")}</TH>
              <TH numeric>{t("confidence")}</TH>
              <TH numeric>{t("notRead")}</TH>
              <TH numeric>{common("cost")}</TH>
            </TR>
          </THead>
          <TBody>
            {questions.map((row) => (
              <TR key={row.question}>
                <TD className="min-w-40">
                  <span className="font-medium [overflow-wrap:anywhere]">{row.name}</span>{" "}
                  <Badge variant="outline">{types(row.type)}</Badge>
                </TD>
                <TD numeric>{numbers.number(row.verdicts)}</TD>
                <TD numeric>{numbers.number(row.labels)}</TD>
                <TD numeric>
                  {row.type === "comparison" || row.type === "ranking" ? numbers.number(row.inconsistent) : ""}
                </TD>
                <TD numeric>{row.confidence === null ? none : numbers.percent(row.confidence, undefined, 0)}</TD>
                <TD numeric>{numbers.number(row.invalid)}</TD>
                <TD numeric>{numbers.money(row.costMicros, currency)}</TD>
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </Section>
  );
}
