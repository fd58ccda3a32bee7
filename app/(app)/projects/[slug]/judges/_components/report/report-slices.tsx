import { formatNumber } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ReportSlice } from "@/lib/judges/report/schema";
import { sliceWords, wordFigure, wordSliceOf } from "./report-words";

const kinds = Object.keys(sliceWords) as ReportSlice["by"][];

/** Accuracy by kind of instance. */
export function ReportSlices({ slices }: { slices: ReportSlice[] }) {
  if (slices.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">By kind of instance</h3>
      <Table label="Accuracy by kind of instance" density="compact">
        <THead>
          <TR>
            <TH>Kind</TH>
            <TH numeric>Accuracy</TH>
            <TH numeric>Units</TH>
          </TR>
        </THead>
        {kinds.map((by) => {
          const own = slices.filter((slice) => slice.by === by);
          return own.length === 0 ? null : (
            <TBody key={by}>
              <TR>
                <TH scope="rowgroup" colSpan={3} className="border-t bg-card text-foreground">
                  {sliceWords[by]}
                </TH>
              </TR>
              {own.map((slice) => (
                <TR key={slice.value}>
                  <TD className="min-w-32 [overflow-wrap:anywhere]">{wordSliceOf(slice)}</TD>
                  <TD numeric>{wordFigure(slice.accuracy, true)}</TD>
                  <TD numeric>{formatNumber(slice.units)}</TD>
                </TR>
              ))}
            </TBody>
          );
        })}
      </Table>
    </div>
  );
}
