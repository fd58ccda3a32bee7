import { Alert } from "@/app/_components/ui/alert";
import { formatNumber, formatPercent } from "@/app/_components/ui/number";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { EvaluationMetrics, Slice } from "@/lib/reward/evaluation/schema";
import { sliceKinds, sliceKindWords, wordSlice, wordSliceValue } from "@/lib/text/slice-words";
import { wordEstimate } from "../../_components/words";

/** How good a version is on each kind of test pairs. */
export function SlicesTable({ evaluation }: { evaluation: EvaluationMetrics }) {
  const { slices, worst, unlisted } = evaluation;
  if (slices.length === 0) return null;
  return (
    <Section
      title="By kind of pair"
      description="On the test pairs without ties, length and format counted in. Intervals are 95 %, by prompt; figures that need more pairs are left out."
    >
      {worst ? (
        <Alert tone="info" title={`Worst on ${wordSlice(worst)}`}>
          There it is right {wordEstimate(worst.accuracy)} of the time, on {formatNumber(worst.accuracy.values)} pairs
          of {formatNumber(worst.accuracy.groups)} prompts.
        </Alert>
      ) : null}
      <Table label="Accuracy by kind of pair" density="compact">
        <THead>
          <TR>
            <TH>Kind</TH>
            <TH numeric>Right</TH>
            <TH numeric>Pairs</TH>
            <TH numeric>Prompts</TH>
            <TH numeric>AUC</TH>
            <TH numeric>Log loss</TH>
            <TH numeric>ECE</TH>
          </TR>
        </THead>
        {sliceKinds.map((by) => {
          const own = slices.filter((slice) => slice.by === by);
          return own.length === 0 ? null : (
            <TBody key={by}>
              <TR>
                <TH scope="rowgroup" colSpan={7} className="border-t bg-card text-foreground">
                  {sliceKindWords[by]}
                </TH>
              </TR>
              {own.map((slice) => (
                <SliceRow key={slice.value} slice={slice} />
              ))}
            </TBody>
          );
        })}
      </Table>
      {unlisted > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          {formatNumber(unlisted)} smaller values are not listed.
        </p>
      ) : null}
    </Section>
  );
}

function SliceRow({ slice }: { slice: Slice }) {
  const { accuracy, auc, logLoss, calibrationError } = slice;
  return (
    <TR>
      <TD className="max-w-72 min-w-40 [overflow-wrap:anywhere]">{wordSliceValue(slice)}</TD>
      <TD numeric>
        {/* One prompt says nothing of how others would do. */}
        {formatPercent(accuracy.mean, accuracy.groups > 1 ? accuracy.interval : undefined)}
      </TD>
      <TD numeric>{formatNumber(accuracy.values)}</TD>
      <TD numeric>{formatNumber(accuracy.groups)}</TD>
      <TD numeric>{figure(auc)}</TD>
      <TD numeric>{figure(logLoss)}</TD>
      <TD numeric>{figure(calibrationError)}</TD>
    </TR>
  );
}

const figure = (value: number | null): string => value?.toFixed(3) ?? "";
