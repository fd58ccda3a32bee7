import { useTranslations } from "next-intl";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { AspectAgreement } from "@/lib/quality/schema";

type AgreementTableProps = {
  /** Names the table: between whom. */
  label: string;
  agreement: AspectAgreement[];
  aspects: { id: string; name: string }[];
};

/** Percent agreement with its interval, one row an aspect. */
export function AgreementTable({ label, agreement, aspects }: AgreementTableProps) {
  const t = useTranslations("projects.overview.agreement");
  const { number, percent } = useNumbers();
  if (agreement.length === 0) return <p className="text-muted-foreground">{t("nothing")}</p>;
  return (
    <Table label={label} stickyHead={false}>
      <THead>
        <TR>
          <TH>{t("aspect")}</TH>
          <TH numeric>{t("share")}</TH>
          <TH numeric>{t("comparisons")}</TH>
          <TH numeric>{t("labels")}</TH>
          <TH numeric>{t("pairs")}</TH>
        </TR>
      </THead>
      <TBody>
        {agreement.map((row) => (
          <TR key={row.aspect}>
            <TD>{aspects.find(({ id }) => id === row.aspect)?.name ?? row.aspect}</TD>
            <TD numeric className="font-medium">
              {percent(row.agreement, [row.interval[0]!, row.interval[1]!])}
            </TD>
            <TD numeric>{number(row.units)}</TD>
            <TD numeric>{number(row.labels)}</TD>
            <TD numeric>{number(row.pairs)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
