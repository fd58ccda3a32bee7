import { Badge } from "@/app/_components/ui/badge";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Figure, LearnReport, PredictorKind } from "@/lib/routing/learn/schema";
import { wordSigned } from "./curve-looks";

const names: Record<PredictorKind, { label: string; hint: string }> = {
  share: { label: "Share only", hint: "Knows how many labels are people’s and nothing else" },
  linear: { label: "Linear", hint: "Ridge regression on the share of each characteristic" },
  quadratic: { label: "Quadratic", hint: "With products of the strongest characteristics" },
  trees: { label: "Boosted trees", hint: "Gradient boosting" },
};

/** How well the quality of mixes that were not seen is foreseen, beside what the share of human labels alone foresees. */
export function Predictors({ learned }: { learned: LearnReport }) {
  const { predictors, mixes, errorAuc, proxySeconds, seconds, heldOut } = learned;
  const share = predictors.find(({ kind }) => kind === "share");
  const inOrder = share ? [share, ...predictors.filter((each) => each !== share)] : predictors;
  return (
    <Section
      title="How well it foresees"
      description="On mixes of human and LM labels that a predictor has not seen. More human labels mostly mean a better mix, so only what a predictor adds to the share counts: among mixes of one share, the share alone foresees nothing."
    >
      <Table label="Predictors" stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>Predictor</TH>
            <TH numeric>R²</TH>
            <TH numeric>Spearman</TH>
            <TH numeric>Spearman at one share</TH>
          </TR>
        </THead>
        <TBody>
          {inOrder.map(({ kind, r2, spearman, spearmanAtOneShare, isChosen }) => (
            <TR key={kind} className={kind === "share" ? "bg-muted" : undefined}>
              <TD className="min-w-48">
                <span className={isChosen ? "font-semibold" : undefined}>{names[kind].label}</span>{" "}
                {isChosen ? <Badge variant="indigo">chosen</Badge> : null}
                <span className="block text-[0.8125rem] text-muted-foreground">{names[kind].hint}</span>
              </TD>
              <TD numeric>{wordCorrelation(r2)}</TD>
              <TD numeric>{wordCorrelation(spearman)}</TD>
              <TD numeric>{kind === "share" ? "none" : wordCorrelation(spearmanAtOneShare)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {formatNumber(mixes)} mixes, each measured on {formatNumber(heldOut)} held-out pairs, in {seconds.toFixed(1)} s,
        of which the proxy models took {proxySeconds.toFixed(1)} s.{" "}
        {errorAuc === null
          ? "Whether the characteristics tell where the judge is wrong could not be measured."
          : `Whether people differ from the judge is told by the characteristics with an area under the curve of ${wordCorrelation(errorAuc)}; 0.5 is chance.`}
      </p>
    </Section>
  );
}

/** "0.91 (0.88 to 0.93)" */
function wordCorrelation({ value, interval }: Figure): string {
  const bounds = interval ? ` (${plain(interval[0])} to ${plain(interval[1])})` : "";
  return `${plain(value)}${bounds}`;
}

function plain(value: number): string {
  return wordSigned(value, 2).replace("+", "");
}
