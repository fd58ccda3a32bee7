import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { JudgeRisk } from "@/lib/routing/fits/schema";
import { at, ChartFrame } from "../../../reward-models/_components/chart-frame";
import { roundTicks } from "./curves";

const percent = (value: number) => String(Math.round(100 * value));

/** What each AI annotator's confidence tells: how often it is wrong on the part that it would keep. */
export function JudgeRisks({ risks }: { risks: JudgeRisk[] }) {
  if (risks.length === 0) return null;
  return (
    <Section
      title="Risk of what a judge keeps"
      description="When labels below a confidence go to people: the share of the rest that people would contradict, against how large that rest is. The dashed line is the bound that holds with the probability that a policy by confidence asks for."
    >
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        {risks.map((risk) => (
          <Risk key={risk.judge} risk={risk} />
        ))}
      </div>
    </Section>
  );
}

function Risk({ risk }: { risk: JudgeRisk }) {
  const { name, labels, accuracy, aurc, curve } = risk;
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-2">
      <h3 className="font-medium [overflow-wrap:anywhere]">{name}</h3>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        Right in {formatPercent(accuracy.value, accuracy.interval ?? undefined)} of {formatNumber(labels)} labels. Mean
        risk over all coverages {aurc.toFixed(3)}.
      </p>
      {curve.length < 2 ? (
        <p className="text-muted-foreground">
          It does not say how sure it is of one label more than of another, so it can keep all of them or none.
        </p>
      ) : (
        <>
          <RiskCurve name={name} curve={curve} />
          <RiskTable name={name} curve={curve} />
        </>
      )}
    </div>
  );
}

function RiskCurve({ name, curve }: Pick<JudgeRisk, "name" | "curve">) {
  const inOrder = curve.toSorted((a, b) => a.coverage - b.coverage);
  const yTicks = roundTicks(0, Math.min(1, Math.max(0.05, ...curve.map(({ bound }) => bound))), 4);
  const most = yTicks.at(-1)!;
  const line = (read: (point: JudgeRisk["curve"][number]) => number) =>
    inOrder
      .map((point) => at(point.coverage, Math.min(1, read(point) / most)))
      .map(({ x, y }) => `${x},${y}`)
      .join(" ");
  const [strict, loose] = [inOrder[0]!, inOrder.at(-1)!];
  return (
    <ChartFrame
      label={`Risk of ${name} by coverage: ${wordPoint(strict)}; ${wordPoint(loose)}. The figures are in the table below.`}
      x={{ ticks: [0, 0.25, 0.5, 0.75, 1], format: percent, label: "Kept by the judge (%)" }}
      y={{ ticks: yTicks, format: percent, label: "Wrong (%)" }}
      scaleX={(value) => value}
      scaleY={(value) => value / most}
    >
      <polyline
        points={line(({ bound }) => bound)}
        strokeDasharray="4 3"
        className="fill-none stroke-muted-foreground"
      />
      <polyline points={line(({ risk }) => risk)} strokeWidth={2} className="fill-none stroke-tone-amber" />
    </ChartFrame>
  );
}

function RiskTable({ name, curve }: Pick<JudgeRisk, "name" | "curve">) {
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">Figures as a table</summary>
      <Table label={`Risk of ${name}`} density="compact">
        <THead>
          <TR>
            <TH numeric>Confidence from</TH>
            <TH numeric>Kept</TH>
            <TH numeric>Wrong</TH>
            <TH numeric>Bound</TH>
          </TR>
        </THead>
        <TBody>
          {curve.map(({ confidence, coverage, risk, bound }) => (
            <TR key={confidence}>
              <TD numeric>{confidence.toFixed(3)}</TD>
              <TD numeric>{formatPercent(coverage)}</TD>
              <TD numeric>{formatPercent(risk)}</TD>
              <TD numeric>{formatPercent(bound)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </details>
  );
}

function wordPoint({ coverage, risk, bound }: JudgeRisk["curve"][number]): string {
  return `${formatPercent(coverage, undefined, 0)} kept, ${formatPercent(risk)} wrong, at most ${formatPercent(bound)}`;
}
