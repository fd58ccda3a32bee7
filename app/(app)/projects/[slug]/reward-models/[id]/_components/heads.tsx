import { useTranslations } from "next-intl";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { headRows, type HeadRow } from "./head-rows";

/** What a version learned beside its overall reward, and how good it is at it; nothing for a version without such heads. */
export function Heads({ heads }: { heads: HeadMetrics | null }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  if (!heads) return null;
  const rows = headRows(heads, numbers, t);
  const { gate, leftOut } = heads;
  if (rows.length === 0 && leftOut.length === 0) return null;
  return (
    <Section title={t("heads.title")} description={t("heads.hint")}>
      {rows.length > 0 ? <HeadTable rows={rows} /> : null}
      {gate ? (
        <p className="text-muted-foreground">
          {t("heads.weights", {
            weights: gate.weights
              .map(({ aspect, mean }) => `${aspect} ${numbers.percent(mean)}`)
              .join(t("words.comma")),
          })}
        </p>
      ) : null}
      {leftOut.length > 0 ? (
        <p className="text-muted-foreground">
          {t("heads.tooFew", {
            heads: leftOut
              .map(({ name, train, validation }) => t("heads.tooFewOf", { name, train, validation }))
              .join(t("words.semicolon")),
          })}
        </p>
      ) : null}
    </Section>
  );
}

function HeadTable({ rows }: { rows: HeadRow[] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <Table label={t("heads.title")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("heads.head")}</TH>
          <TH numeric>{t("facts.trainedOn")}</TH>
          <TH numeric>{t("facts.testedOn")}</TH>
          <TH>{t("heads.result")}</TH>
          <TH>{t("heads.compareWith")}</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map(({ name, hint, train, derived, estimate, figures }) => (
          <TR key={`${hint} ${name}`}>
            <TD className="min-w-36">
              <div className="[overflow-wrap:anywhere]">{name}</div>
              <div className="text-[0.8125rem] text-muted-foreground">{hint}</div>
            </TD>
            <TD numeric>
              {train === null ? "" : numbers.number(train)}
              {derived ? (
                <div className="text-[0.8125rem] text-muted-foreground">
                  {t("heads.ofBothBad", { count: numbers.number(derived) })}
                </div>
              ) : null}
            </TD>
            <TD numeric>{numbers.number(estimate?.values ?? 0)}</TD>
            <TD>
              {figures.map(({ name: figure, ours }) => (
                <div key={figure} className="whitespace-nowrap tabular-nums">
                  {figure} {ours}
                </div>
              ))}
            </TD>
            <TD>
              {figures.map(({ name: figure, beside }) => (
                <div key={figure} className="whitespace-nowrap tabular-nums text-muted-foreground">
                  {beside ?? "\u00a0"}
                </div>
              ))}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
