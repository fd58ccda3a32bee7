import { useTranslations } from "next-intl";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ReportSlice } from "@/lib/judges/report/schema";
import { wordFigure, wordSliceOf } from "./report-words";

const kinds = ["corpus", "domain", "length", "difficulty"] as const satisfies readonly ReportSlice["by"][];

/** Accuracy by kind of instance. */
export function ReportSlices({ slices }: { slices: ReportSlice[] }) {
  const t = useTranslations("judges");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  if (slices.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">{t("report.slicesTitle")}</h3>
      <Table label={t("report.slicesTable")} density="compact">
        <THead>
          <TR>
            <TH>{t("report.kind")}</TH>
            <TH numeric>{t("common.accuracy")}</TH>
            <TH numeric>{t("common.units")}</TH>
          </TR>
        </THead>
        {kinds.map((by) => {
          const own = slices.filter((slice) => slice.by === by);
          return own.length === 0 ? null : (
            <TBody key={by}>
              <TR>
                <TH scope="rowgroup" colSpan={3} className="border-t bg-card text-foreground">
                  {words(`slices.${by}`)}
                </TH>
              </TR>
              {own.map((slice) => (
                <TR key={slice.value}>
                  <TD className="min-w-32 [overflow-wrap:anywhere]">{wordSliceOf(slice, words)}</TD>
                  <TD numeric>{wordFigure(slice.accuracy, true, numbers, words)}</TD>
                  <TD numeric>{numbers.number(slice.units)}</TD>
                </TR>
              ))}
            </TBody>
          );
        })}
      </Table>
    </div>
  );
}
