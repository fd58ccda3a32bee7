import type { FitView } from "@/lib/routing/fits/schema";
import { Backtest } from "./backtest";
import type { BacktestProps } from "./backtest-props";
import { Characteristics } from "./characteristics";
import { FitFacts } from "./fit-facts";
import { FitsTable } from "./fits-table";
import { JudgeRisks } from "./judge-risks";
import { Predictors } from "./predictors";
import { isTrusted, Verdict } from "./verdict";

/** Everything about one fit: whether it can be trusted first, then what it is good for, and what it goes by. */
export function FitParts({ fits, ...props }: BacktestProps & { fits: FitView[] }) {
  const { slug, fit } = props;
  const { report, version } = fit;
  return (
    <>
      <Verdict report={report} />
      <Backtest key={version} {...props} />
      {report.learned ? <Characteristics learned={report.learned} isTrusted={isTrusted(report)} /> : null}
      {report.learned ? <Predictors learned={report.learned} /> : null}
      <JudgeRisks risks={report.risks} />
      <FitsTable slug={slug} fits={fits} shown={version} />
      <FitFacts fit={fit} />
    </>
  );
}
