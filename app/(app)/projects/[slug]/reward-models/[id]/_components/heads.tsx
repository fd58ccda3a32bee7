import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { headRows, type HeadRow } from "./head-rows";

/** What a version learned beside its overall reward, and how good it is at it; nothing for a version without such heads. */
export function Heads({ heads }: { heads: HeadMetrics | null }) {
  if (!heads) return null;
  const rows = headRows(heads);
  const { gate, leftOut } = heads;
  if (rows.length === 0 && leftOut.length === 0) return null;
  return (
    <Section
      title="Heads"
      description="What the version learned of other labels on the same network. Figures are of the held-out test labels, with 95 % intervals by prompt."
    >
      {rows.length > 0 ? <HeadTable rows={rows} /> : null}
      {gate ? (
        <p className="text-muted-foreground">
          Mean weight of the aspects over prompts:{" "}
          {gate.weights.map(({ aspect, mean }) => `${aspect} ${formatPercent(mean)}`).join(", ")}.
        </p>
      ) : null}
      {leftOut.length > 0 ? (
        <p className="text-muted-foreground">
          Too few labels for a head of their own:{" "}
          {leftOut
            .map(({ name, train, validation }) => `${name} (${train} to train, ${validation} to validate)`)
            .join("; ")}
          .
        </p>
      ) : null}
    </Section>
  );
}

function HeadTable({ rows }: { rows: HeadRow[] }) {
  return (
    <Table label="Heads" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Head</TH>
          <TH numeric>Trained on</TH>
          <TH numeric>Tested on</TH>
          <TH>Result</TH>
          <TH>To compare with</TH>
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
              {train === null ? "" : formatNumber(train)}
              {derived ? (
                <div className="text-[0.8125rem] text-muted-foreground">and {formatNumber(derived)} of both bad</div>
              ) : null}
            </TD>
            <TD numeric>{formatNumber(estimate?.values ?? 0)}</TD>
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
