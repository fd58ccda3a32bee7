import { Badge } from "@/app/_components/ui/badge";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { ModelWins } from "@/lib/judges/report/schema";
import { wordFigure } from "./report-words";

const kinWords = { same: "its own model", family: "of its family" };

/** Whether it favours the completions of some models, its own among them. */
export function ModelsTable({ models }: { models: ModelWins[] }) {
  if (models.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">Wins of each model</h3>
      <p className="max-w-[72ch] text-[0.8125rem] text-muted-foreground">
        Against completions of other models on the same pairs, ties counting half. What is its own goes by the names.
      </p>
      <Table label="Wins of each model" density="compact">
        <THead>
          <TR>
            <TH>Completions of</TH>
            <TH numeric>By the AI</TH>
            <TH numeric>By the consensus</TH>
            <TH numeric>Favoured by</TH>
            <TH numeric>Pairs</TH>
          </TR>
        </THead>
        <TBody>
          {models.map(({ model, kin, pairs, ai, consensus, difference }) => (
            <TR key={model}>
              <TD className="min-w-32 [overflow-wrap:anywhere]">
                {model} {kin ? <Badge variant="amber">{kinWords[kin]}</Badge> : null}
              </TD>
              <TD numeric>{formatPercent(ai)}</TD>
              <TD numeric>{formatPercent(consensus)}</TD>
              <TD numeric>{wordFigure(difference, true)}</TD>
              <TD numeric>{formatNumber(pairs)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
