import { StackedBar } from "@/app/_components/ui/meter-bar";
import { formatMoney, formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { JudgeVersionReport } from "@/lib/judges/schema";
import { modelOf } from "../../_components/words";

const none = <span className="text-muted-foreground">none yet</span>;

/** What each version has done: outcomes, how it takes the order, cost and time. */
export function Versions({ versions, currency }: { versions: JudgeVersionReport[]; currency: string }) {
  const { version, preferred, tie, inconsistent, invalid } = versions[0]!;
  return (
    <Section
      title="Versions"
      description="Every change of what it answers is a version with labels of its own; in a consensus only the latest has a say. Outcomes are those of comparisons and rankings."
    >
      {preferred + tie + inconsistent + invalid > 0 ? (
        <StackedBar
          label={`Outcomes of version ${version}`}
          parts={[
            { label: "Preferred", value: preferred, className: "bg-tone-emerald" },
            { label: "Tie", value: tie, className: "bg-tone-zinc" },
            { label: "Orders disagree", value: inconsistent, className: "bg-tone-amber" },
            { label: "Unreadable", value: invalid, className: "bg-tone-rose" },
          ]}
        />
      ) : null}
      <Table label="Versions" stickyHead={false}>
        <THead>
          <TR>
            <TH>Version</TH>
            <TH numeric>Labels</TH>
            <TH numeric>Same in both orders</TH>
            <TH numeric>First shown preferred</TH>
            <TH numeric>Unreadable</TH>
            <TH numeric>Asked again</TH>
            <TH numeric>Seconds, median and 95 %</TH>
            <TH numeric>Tokens in, out</TH>
            <TH numeric>Cost</TH>
            <TH numeric>Cost a label</TH>
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
  const { latencyMs } = row;
  return (
    <TR>
      <TD className="min-w-44 [overflow-wrap:anywhere]">
        <div className="font-medium">
          {row.version} <span className="font-normal text-muted-foreground">{modelOf(row.config)}</span>
        </div>
        <div className="text-[0.8125rem] text-muted-foreground">
          <RelativeTime value={row.createdAt} />
          {row.createdBy ? ` by ${row.createdBy}` : null}
        </div>
      </TD>
      <TD numeric>{formatNumber(row.labels)}</TD>
      <TD numeric>{row.consistency === null ? none : formatPercent(row.consistency)}</TD>
      <TD numeric>
        {row.firstPosition === null ? (
          none
        ) : (
          <span title={`Of ${formatNumber(row.contradictions)} pairs on which the orders contradict each other`}>
            {formatPercent(row.firstPosition)} of {formatNumber(row.contradictions)}
          </span>
        )}
      </TD>
      <TD numeric>
        {formatNumber(row.invalid)} of {formatNumber(row.verdicts)}
      </TD>
      <TD numeric>{formatNumber(row.repairs)}</TD>
      <TD numeric>
        {latencyMs === null
          ? none
          : `${formatNumber(latencyMs.p50 / 1000, 1)}, ${formatNumber(latencyMs.p95 / 1000, 1)}`}
      </TD>
      <TD numeric>
        {formatNumber(row.inputTokens)}, {formatNumber(row.outputTokens)}
      </TD>
      <TD numeric>{formatMoney(row.costMicros, currency)}</TD>
      <TD numeric>{row.labels === 0 ? none : formatMoney(row.costMicros / row.labels, currency)}</TD>
    </TR>
  );
}
