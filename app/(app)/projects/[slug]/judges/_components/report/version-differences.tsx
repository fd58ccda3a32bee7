import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { AnnotatorReport } from "@/lib/judges/report/schema";
import { wordFigure } from "./report-words";

/** This version less others of the judge, on what both answered. */
export function VersionDifferences({ versions }: { versions: AnnotatorReport["versions"] }) {
  if (versions.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">Beside other versions</h3>
      <Table label="Beside other versions" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Version</TH>
            <TH numeric>Its accuracy</TH>
            <TH numeric>This version is ahead by</TH>
            <TH numeric>On units of both</TH>
          </TR>
        </THead>
        <TBody>
          {versions.map(({ version, units, accuracy, difference }) => (
            <TR key={version}>
              <TD>{version}</TD>
              <TD numeric>{formatPercent(accuracy)}</TD>
              <TD numeric>{wordFigure(difference, true)}</TD>
              <TD numeric>{formatNumber(units)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
