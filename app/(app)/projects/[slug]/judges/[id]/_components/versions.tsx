import { useTranslations } from "next-intl";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { JudgeVersionReport } from "@/lib/judges/schema";
import { modelOf } from "../../_components/words";

/** What each version has done: outcomes, how it takes the order, cost and time. */
export function Versions({ versions, currency }: { versions: JudgeVersionReport[]; currency: string }) {
  const t = useTranslations("judges.versions");
  const common = useTranslations("judges.common");
  const { version, preferred, tie, inconsistent, invalid } = versions[0]!;
  return (
    <Section title={t("title")} description={t("description")}>
      {preferred + tie + inconsistent + invalid > 0 ? (
        <StackedBar
          label={t("outcomes", { version })}
          parts={[
            { label: t("preferred"), value: preferred, className: "bg-tone-emerald" },
            { label: t("tie"), value: tie, className: "bg-tone-zinc" },
            { label: common("ordersDisagree"), value: inconsistent, className: "bg-tone-amber" },
            { label: common("unreadable"), value: invalid, className: "bg-tone-rose" },
          ]}
        />
      ) : null}
      <Table label={t("title")} stickyHead={false}>
        <THead>
          <TR>
            <TH>{t("version")}</TH>
            <TH numeric>{common("labels")}</TH>
            <TH numeric>{t("consistency")}</TH>
            <TH numeric>{t("firstPosition")}</TH>
            <TH numeric>{common("unreadable")}</TH>
            <TH numeric>{t("repairs")}</TH>
            <TH numeric>{t("seconds")}</TH>
            <TH numeric>{t("tokens")}</TH>
            <TH numeric>{common("cost")}</TH>
            <TH numeric>{t("costOfLabel")}</TH>
          </TR>
        </THead>
        <TBody>
          {versions.map((row) => (
            <VersionRow key={row.version} row={row} currency={currency} />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

function VersionRow({ row, currency }: { row: JudgeVersionReport; currency: string }) {
  const t = useTranslations("judges.versions");
  const common = useTranslations("judges.common");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { latencyMs, createdBy: author } = row;
  const none = <span className="text-muted-foreground">{common("noneYet")}</span>;
  const time = () => <RelativeTime value={row.createdAt} />;
  return (
    <TR>
      <TD className="min-w-44 [overflow-wrap:anywhere]">
        <div className="font-medium">
          {row.version} <span className="font-normal text-muted-foreground">{modelOf(row.config, words)}</span>
        </div>
        <div className="text-[0.8125rem] text-muted-foreground">{author ? t.rich("by", { author, time }) : time()}</div>
      </TD>
      <TD numeric>{numbers.number(row.labels)}</TD>
      <TD numeric>{row.consistency === null ? none : numbers.percent(row.consistency)}</TD>
      <TD numeric>
        {row.firstPosition === null ? (
          none
        ) : (
          <span title={t("firstOf", { count: numbers.number(row.contradictions) })}>
            {words("of", {
              part: numbers.percent(row.firstPosition),
              whole: numbers.number(row.contradictions),
            })}
          </span>
        )}
      </TD>
      <TD numeric>{words("of", { part: numbers.number(row.invalid), whole: numbers.number(row.verdicts) })}</TD>
      <TD numeric>{numbers.number(row.repairs)}</TD>
      <TD numeric>
        {latencyMs === null
          ? none
          : `${numbers.number(latencyMs.p50 / 1000, 1)}, ${numbers.number(latencyMs.p95 / 1000, 1)}`}
      </TD>
      <TD numeric>
        {numbers.number(row.inputTokens)}, {numbers.number(row.outputTokens)}
      </TD>
      <TD numeric>{numbers.money(row.costMicros, currency)}</TD>
      <TD numeric>{row.labels === 0 ? none : numbers.money(row.costMicros / row.labels, currency)}</TD>
    </TR>
  );
}
