import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import {
  describeAgreement,
  describeOutcome,
  describeQuestion,
  describeVotes,
  type TabledConsensus,
} from "./consensus-words";

/** What rankings, ratings and yes-or-no answers come to, a row each. */
export function ConsensusTable({ rows, names }: { rows: TabledConsensus[]; names: string[] }) {
  const name = (index: number) => names[index] ?? `completion ${index}`;
  return (
    <Table label="Consensus" stickyHead={false}>
      <THead>
        <TR>
          <TH>Question</TH>
          <TH>Completion</TH>
          <TH>Consensus</TH>
          <TH>Agreement</TH>
          <TH>Votes</TH>
          <TH numeric>n</TH>
          <TH>Computed</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={JSON.stringify([row.question, row.type, row.aspect, row.target])}>
            <TD className="text-muted-foreground">{describeQuestion(row)}</TD>
            <TD className="font-mono text-xs">{row.type === "ranking" ? "all" : name(row.payload.completion)}</TD>
            <TD className="font-medium">{describeOutcome(row, name)}</TD>
            <TD className="whitespace-nowrap">{describeAgreement(row)}</TD>
            <TD className="text-muted-foreground">{describeVotes(row, name)}</TD>
            <TD numeric>{row.labelCount}</TD>
            <TD>
              <RelativeTime value={row.computedAt} className="text-muted-foreground" />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
