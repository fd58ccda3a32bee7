import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { DenseHeadMetrics, DenseMetrics, FigureView } from "@/lib/reward/dense/schema";
import { Facts } from "./model-facts";

const aggregationWords = {
  min: "Lowest step",
  "soft-min": "Soft minimum (T = 0.1)",
  product: "Product",
  mean: "Mean",
  last: "Last step",
} as const;

/** How well a version tells which segments annotators mark, and which steps are good, on the test part. */
export function DenseFigures({ metrics }: { metrics: DenseMetrics }) {
  const { segments, steps, leftOut } = metrics;
  return (
    <>
      {segments ? (
        <Section
          title="Segments"
          description="Sentences, and long parts of them, that annotators mark with a category. A segment counts as marked from the threshold with the best F1 on the validation part; beside it is a logistic regression fitted exactly on the same vectors."
        >
          {segments.heads.length > 0 ? <Categories heads={segments.heads} /> : null}
          {segments.tooFew.length > 0 ? (
            <p className="text-muted-foreground">
              Too few marks to learn:{" "}
              {segments.tooFew.map(({ name, train }) => `${name} (${train.positives})`).join(", ")}.
            </p>
          ) : null}
        </Section>
      ) : null}
      {steps ? <Steps steps={steps} /> : null}
      {leftOut > 0 ? (
        <p className="text-muted-foreground">
          {formatNumber(leftOut)} segments and steps were left out, as there were more than a training holds.
        </p>
      ) : null}
    </>
  );
}

function Categories({ heads }: { heads: readonly DenseHeadMetrics[] }) {
  return (
    <Table label="Segments by category" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Category</TH>
          <TH numeric>Marked, of test segments</TH>
          <TH numeric>Precision</TH>
          <TH numeric>Recall</TH>
          <TH numeric>F1</TH>
          <TH numeric>F1, logistic regression</TH>
          <TH numeric>Difference</TH>
          <TH numeric>AUC</TH>
        </TR>
      </THead>
      <TBody>
        {heads.map((head) => (
          <TR key={head.name}>
            <TD className="min-w-40">
              <div className="font-semibold [overflow-wrap:anywhere]">{head.name}</div>
              <div className="text-[0.8125rem] whitespace-nowrap text-muted-foreground">
                from {formatPercent(head.threshold)} on
              </div>
            </TD>
            <TD numeric>
              {formatPercent(share(head))} of {formatNumber(head.test.rows)}
              <div className="text-[0.8125rem] text-muted-foreground">{formatNumber(head.test.prompts)} prompts</div>
            </TD>
            <FigureCell figure={head.precision} />
            <FigureCell figure={head.recall} />
            <FigureCell figure={head.f1} />
            <FigureCell figure={head.logistic.f1} />
            <FigureCell figure={head.f1Advantage} />
            <TD numeric>{head.auc?.toFixed(3) ?? "n/a"}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Steps({ steps }: { steps: NonNullable<DenseMetrics["steps"]> }) {
  const { head, majority, firstError, oneToMany } = steps;
  return (
    <Section title="Steps" description="Steps of solutions, up to the first error that an annotator found.">
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Facts
          facts={[
            ["Test steps", `${formatNumber(head.test.rows)} of ${formatNumber(head.test.prompts)} prompts`],
            ["Good or not, right", word(head.accuracy)],
            ["Logistic regression", word(head.logistic.accuracy)],
            ["Always the commoner", word(majority)],
            ["Area under the ROC curve", head.auc?.toFixed(3) ?? "n/a"],
            ...(firstError
              ? ([
                  ["First error named right", word(firstError.accuracy)],
                  ["By logistic regression", word(firstError.logistic)],
                  ["By always the commonest", word(firstError.majority)],
                ] satisfies [string, string][])
              : []),
          ]}
        />
        {oneToMany ? (
          <Table label="Right solutions by their steps" stickyHead={false} density="compact">
            <THead>
              <TR>
                <TH>{formatNumber(oneToMany.prompts)} prompts</TH>
                <TH numeric>Right one strictly ahead</TH>
                <TH numeric>Best of n is right</TH>
              </TR>
            </THead>
            <TBody>
              {oneToMany.by.map(({ aggregation, accuracy, bestOfN }) => (
                <TR key={aggregation}>
                  <TD>{aggregationWords[aggregation]}</TD>
                  <TD numeric>{word(accuracy)}</TD>
                  <TD numeric>{word(bestOfN)}</TD>
                </TR>
              ))}
              <TR>
                <TD>Drawn at random</TD>
                <TD numeric />
                <TD numeric>{formatPercent(oneToMany.chance)}</TD>
              </TR>
            </TBody>
          </Table>
        ) : null}
      </div>
    </Section>
  );
}

/** The interval stands below, so that five of them fit side by side. */
function FigureCell({ figure }: { figure: FigureView | null }) {
  const [low, high] = (figure?.interval ?? []).map((value) => (100 * value).toFixed(1));
  return (
    <TD numeric>
      {figure ? formatPercent(figure.value) : "n/a"}
      {figure ? (
        <div className="text-[0.8125rem] whitespace-nowrap text-muted-foreground">
          {low} to {high}
        </div>
      ) : null}
    </TD>
  );
}

function share({ test }: DenseHeadMetrics): number {
  return test.positives / test.rows;
}

function word(figure: FigureView | null): string {
  return figure ? formatPercent(figure.value, figure.interval) : "n/a";
}
