"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";

/** Rows at both densities. */
export function Tables() {
  const t = useTranslations("gallery");
  const { number } = useNumbers();
  return (
    <Section title={t("tables")}>
      {(["comfortable", "compact"] as const).map((density) => (
        <Table key={density} label={t(`densities.${density}`)} density={density}>
          <THead>
            <TR>
              <TH>{t("name")}</TH>
              <TH>{t("state")}</TH>
              <TH numeric>{t("labels")}</TH>
            </TR>
          </THead>
          <TBody>
            {[t("tabFirst"), t("longName"), t("longText")].map((name, index) => (
              <TR key={name}>
                <TD>{name}</TD>
                <TD>
                  <Badge variant="emerald">{t("done")}</Badge>
                </TD>
                <TD numeric>{number(10 ** (2 * index + 1))}</TD>
              </TR>
            ))}
          </TBody>
        </Table>
      ))}
    </Section>
  );
}
