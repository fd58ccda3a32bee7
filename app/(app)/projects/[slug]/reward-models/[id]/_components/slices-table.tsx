import { Alert } from "@/app/_components/ui/alert";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { fewestSlicePairs, type EvaluationMetrics, type Slice } from "@/lib/reward/evaluation/schema";
import { sliceKinds, sliceKindWords, wordSlice, wordSliceValue } from "@/lib/text/slice-words";
import { wordEstimate } from "../../_components/words";

type SlicesTableProps = {
  evaluation: EvaluationMetrics;
  /** Accuracy on all test pairs. */
  overall: number | null;
};

/** How good a version is on each kind of test pairs, beside how good it is on all of them. */
export function SlicesTable({ evaluation, overall }: SlicesTableProps) {
  const { slices, worst, unlisted } = evaluation;
  if (slices.length === 0) return null;
  return (
    <Section
      title="By kind of pair"
      description="On the test pairs without ties, length and format counted in; the dashed line is the accuracy on all of them. Intervals are 95 %, by prompt; figures that need more pairs are left out."
    >
      {worst && worst.accuracy.mean < (overall ?? 1) ? (
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
            <TH className="max-lg:hidden">From 0 to 100 %</TH>
            <TH numeric>Pairs</TH>
            <TH numeric>Prompts</TH>
            <TH numeric>AUC</TH>
            <TH numeric>Log loss</TH>
            <TH numeric>ECE</TH>
          </TR>
        </THead>
        {sliceKinds.map((by) => {
          const own = inOrder(slices.filter((slice) => slice.by === by));
          return own.length === 0 ? null : (
            <TBody key={by}>
              <TR>
                <TH scope="rowgroup" colSpan={8} className="border-t bg-card text-foreground">
                  {sliceKindWords[by]}
                </TH>
              </TR>
              {own.map((slice) => (
                <SliceRow key={slice.value} slice={slice} overall={overall} />
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

/** Those with pairs enough to say something come first, the worst of them at the top. */
function inOrder(slices: readonly Slice[]): Slice[] {
  const isLarge = ({ accuracy }: Slice) => accuracy.values >= fewestSlicePairs;
  return [
    ...slices.filter(isLarge).sort((a, b) => a.accuracy.mean - b.accuracy.mean),
    ...slices.filter((slice) => !isLarge(slice)),
  ];
}

function SliceRow({ slice, overall }: { slice: Slice; overall: number | null }) {
  const { accuracy, auc, logLoss, calibrationError } = slice;
  return (
    <TR>
      <TD className="max-w-72 min-w-40 [overflow-wrap:anywhere]">{wordSliceValue(slice)}</TD>
      <TD numeric>
        {/* One prompt says nothing of how others would do. */}
        {formatPercent(accuracy.mean, accuracy.groups > 1 ? accuracy.interval : undefined)}
      </TD>
      <TD className="max-lg:hidden">
        <Dot accuracy={accuracy} overall={overall} />
      </TD>
      <TD numeric>{formatNumber(accuracy.values)}</TD>
      <TD numeric>{formatNumber(accuracy.groups)}</TD>
      <TD numeric>{figure(auc)}</TD>
      <TD numeric>{figure(logLoss)}</TD>
      <TD numeric>{figure(calibrationError)}</TD>
    </TR>
  );
}

const dots = { width: 160, height: 14 } as const;

/** The accuracy with its interval on a line, beside that on all pairs. The figures stand in the row. */
function Dot({ accuracy: { mean, interval, groups }, overall }: Pick<Slice, "accuracy"> & { overall: number | null }) {
  const x = (share: number) => 4 + share * (dots.width - 8);
  const y = dots.height / 2;
  return (
    <svg aria-hidden viewBox={`0 0 ${dots.width} ${dots.height}`} className="h-3.5 w-40">
      <line x1={x(0)} x2={x(1)} y1={y} y2={y} className="stroke-border" />
      {overall === null ? null : (
        <line
          x1={x(overall)}
          x2={x(overall)}
          y1={0}
          y2={dots.height}
          strokeDasharray="2 2"
          className="stroke-muted-foreground"
        />
      )}
      {groups > 1 ? (
        <line x1={x(interval[0])} x2={x(interval[1])} y1={y} y2={y} strokeWidth={1.5} className="stroke-tone-teal" />
      ) : null}
      <circle cx={x(mean)} cy={y} r={3.5} className="fill-tone-teal" />
    </svg>
  );
}

const figure = (value: number | null): string => value?.toFixed(3) ?? "";
