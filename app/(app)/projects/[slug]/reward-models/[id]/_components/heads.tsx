import { formatNumber, formatPercent } from "@/app/_components/ui/number";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import type { EstimateView } from "@/lib/reward/schema";

/** A line of the table: a figure of a head on the test labels, and what it should be compared with. */
type Figure = { name: string; ours: string; beside?: string | undefined };

type Row = { name: string; hint: string; train: number | null; estimate: EstimateView | null; figures: Figure[] };

/** What a version learned beside its overall reward, and how good it is at it; nothing for a version without such heads. */
export function Heads({ heads }: { heads: HeadMetrics | null }) {
  if (!heads) return null;
  const rows = rowsOf(heads);
  if (rows.length === 0 && heads.leftOut.length === 0) return null;
  return (
    <Section
      title="Heads"
      description="What the version learned of other labels on the same network. Figures are of the held-out test labels, with 95 % intervals by prompt."
    >
      {rows.length > 0 ? (
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
            {rows.map(({ name, hint, train, estimate, figures }) => (
              <TR key={name}>
                <TD>
                  <div className="[overflow-wrap:anywhere]">{name}</div>
                  <div className="text-[0.8125rem] text-muted-foreground">{hint}</div>
                </TD>
                <TD numeric>{train === null ? "" : formatNumber(train)}</TD>
                <TD numeric>{formatNumber(estimate?.values ?? 0)}</TD>
                <TD>
                  {figures.map((figure) => (
                    <div key={figure.name} className="tabular-nums">
                      {figure.name} {figure.ours}
                    </div>
                  ))}
                </TD>
                <TD>
                  {figures.map((figure) => (
                    <div key={figure.name} className="tabular-nums text-muted-foreground">
                      {figure.beside ?? "\u00a0"}
                    </div>
                  ))}
                </TD>
              </TR>
            ))}
          </TBody>
        </Table>
      ) : null}
      {heads.gate ? (
        <p className="text-muted-foreground">
          Mean weight of the aspects over prompts:{" "}
          {heads.gate.weights.map(({ aspect, mean }) => `${aspect} ${formatPercent(mean)}`).join(", ")}.
        </p>
      ) : null}
      {heads.leftOut.length > 0 ? (
        <p className="text-muted-foreground">
          Too few labels for a head of their own:{" "}
          {heads.leftOut
            .map(({ name, train, validation }) => `${name} (${train} to train, ${validation} to validate)`)
            .join("; ")}
          .
        </p>
      ) : null}
    </Section>
  );
}

function rowsOf({ ties, rankings, ratings, binary, aspects, gate }: HeadMetrics): Row[] {
  return [
    ...(ties
      ? [
          {
            ...{
              name: "Ties",
              hint: `An outcome of its own, nu ${ties.nu.toFixed(2)}`,
              train: null,
              estimate: ties.logLoss,
            },
            figures: [
              {
                name: "Log loss",
                ours: number(ties.logLoss),
                beside: `${number(ties.baseLogLoss)} by the shares alone`,
              },
            ],
          },
        ]
      : []),
    ...(rankings
      ? [
          {
            ...{
              name: "Rankings",
              hint: "Teach the overall reward",
              train: rankings.train,
              estimate: rankings.accuracy,
            },
            figures: [
              { name: "Pairs in order", ours: percent(rankings.accuracy) },
              { name: "Kendall's tau", ours: number(rankings.tau) },
            ],
          },
        ]
      : []),
    ...ratings.map(({ question, aspect, train, spearman, error, medianError, kappa }): Row => ({
      ...{ name: `${question}, ${aspect}`, hint: "Rating", train, estimate: error },
      figures: [
        { name: "Rank correlation", ours: number(spearman) },
        { name: "Mean error", ours: number(error), beside: `${number(medianError)} by always the median` },
        { name: "Quadratic kappa", ours: number(kappa), beside: "0 by always the median" },
      ],
    })),
    ...binary.map(
      ({ question, kind, train, rate, auc, logLoss, baseLogLoss, calibrationError, calibrationBand }): Row => ({
        ...{ name: question, hint: `Yes or no (${kind}), ${formatPercent(rate)} yes`, train, estimate: logLoss },
        figures: [
          { name: "Area under ROC", ours: number(auc), beside: "0.5 by chance" },
          { name: "Log loss", ours: number(logLoss), beside: `${number(baseLogLoss)} by the rate alone` },
          calibration(calibrationError, calibrationBand),
        ],
      }),
    ),
    ...aspects.map(({ aspect, train, accuracy, accuracyOfText, logLoss, calibrationError, calibrationBand }): Row => ({
      ...{ name: aspect, hint: "Aspect of the comparison", train, estimate: logLoss },
      figures: [
        { name: "Right", ours: percent(accuracy), beside: `${percent(accuracyOfText)} by the text alone` },
        { name: "Log loss", ours: number(logLoss), beside: "0.693 by chance" },
        calibration(calibrationError, calibrationBand),
      ],
    })),
    ...(gate
      ? [
          {
            ...{ name: "Gated reward", hint: "Aspects weighed by the prompt", train: null, estimate: gate.accuracy },
            figures: [
              {
                name: "Right",
                ours: percent(gate.accuracy),
                beside: `${percent(gate.overallAccuracy)} by the overall reward`,
              },
              { name: "Difference", ours: percent(gate.difference) },
            ],
          },
        ]
      : []),
  ];
}

function calibration(error: number | null, [low, high]: readonly [number, number]): Figure {
  return {
    name: "Calibration error",
    ours: error?.toFixed(3) ?? "n/a",
    beside: `${low.toFixed(3)} to ${high.toFixed(3)} if calibrated`,
  };
}

function number(estimate: EstimateView | null): string {
  if (!estimate) return "n/a";
  const [low, high] = estimate.interval;
  return `${estimate.mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

const percent = (estimate: EstimateView | null): string =>
  estimate ? formatPercent(estimate.mean, estimate.interval) : "n/a";
