import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { AspectAgreement } from "@/lib/quality/schema";

type AgreementTableProps = {
  /** Names the table: between whom. */
  label: string;
  agreement: AspectAgreement[];
  aspects: { id: string; name: string }[];
};

/** Percent agreement with its interval, one row an aspect. */
export function AgreementTable({ label, agreement, aspects }: AgreementTableProps) {
  if (agreement.length === 0) {
    return <p className="text-muted-foreground">Nothing to measure yet: no comparison has the labels of two people.</p>;
  }
  return (
    <Table label={label} stickyHead={false}>
      <THead>
        <TR>
          <TH>Aspect</TH>
          <TH numeric>Agreement (95 % interval)</TH>
          <TH numeric>Comparisons</TH>
          <TH numeric>Labels</TH>
          <TH numeric>Pairs of labels</TH>
        </TR>
      </THead>
      <TBody>
        {agreement.map((row) => (
          <TR key={row.aspect}>
            <TD>{aspects.find(({ id }) => id === row.aspect)?.name ?? row.aspect}</TD>
            <TD numeric className="font-medium">
              {formatPercent(row.agreement, [row.interval[0]!, row.interval[1]!])}
            </TD>
            <TD numeric>{formatNumber(row.units)}</TD>
            <TD numeric>{formatNumber(row.labels)}</TD>
            <TD numeric>{formatNumber(row.pairs)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
