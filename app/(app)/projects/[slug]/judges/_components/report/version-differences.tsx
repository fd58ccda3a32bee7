import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { AnnotatorReport } from "@/lib/judges/report/schema";
import { wordFigure } from "./report-words";

/** This version less others of the judge, on what both answered. */
export function VersionDifferences({ versions }: { versions: AnnotatorReport["versions"] }) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  if (versions.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t("report.versionsTitle")}</h3>
      <Table label={t("report.versionsTitle")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("versions.version")}</TH>
            <TH numeric>{t("report.itsAccuracy")}</TH>
            <TH numeric>{t("report.ahead")}</TH>
            <TH numeric>{t("report.unitsOfBoth")}</TH>
          </TR>
        </THead>
        <TBody>
          {versions.map(({ version, units, accuracy, difference }) => (
            <TR key={version}>
              <TD>{version}</TD>
              <TD numeric>{numbers.percent(accuracy)}</TD>
              <TD numeric>{wordFigure(difference, true, numbers, words)}</TD>
              <TD numeric>{numbers.number(units)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
