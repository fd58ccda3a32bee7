import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { FitView } from "@/lib/routing/fits/schema";
import { curveLooks, wordFigure } from "./curve-looks";
import { figureAt } from "./curves";
import { wordCause } from "./fit-words";
import { isTrusted, wordVerdict } from "./verdict";

/** The share at which fits are set beside each other. */
const share = 0.25;
const compared = ["learned", "random"] as const;

/** Every fit beside the others, newest first. */
export function FitsTable({ slug, fits, shown }: { slug: string; fits: FitView[]; shown: number }) {
  return (
    <Section
      title="Fits side by side"
      description={`Label accuracy is that with ${formatPercent(share, undefined, 0)} of the instances to people. Each fit draws its own prompts to measure on, so small differences between fits say nothing.`}
    >
      <Table label="Fits" density="compact" stickyHead={false}>
        <THead>
          <TR>
            <TH>Fit</TH>
            <TH>Made</TH>
            <TH>Verdict</TH>
            <TH numeric>Pairs</TH>
            <TH numeric>Judge right</TH>
            {compared.map((policy) => (
              <TH key={policy} numeric>
                {curveLooks[policy].label}
              </TH>
            ))}
            <TH>Goes by it</TH>
          </TR>
        </THead>
        <TBody>
          {fits.map((fit) => (
            <Row key={fit.version} slug={slug} fit={fit} isShown={fit.version === shown} />
          ))}
        </TBody>
      </Table>
    </Section>
  );
}

function Row({ slug, fit, isShown }: { slug: string; fit: FitView; isShown: boolean }) {
  const { version, createdAt, cause, report, policyVersion } = fit;
  return (
    <TR data-state={isShown ? "selected" : undefined}>
      <TD className="whitespace-nowrap">
        <Link
          href={`/projects/${slug}/routing/backtest?fit=${version}`}
          aria-current={isShown ? "true" : undefined}
          className="font-medium hover:underline"
        >
          Fit {version}
        </Link>
        {isShown ? <span className="block text-xs text-muted-foreground">shown here</span> : null}
      </TD>
      <TD>
        <RelativeTime value={createdAt} />
        <span className="block text-xs text-muted-foreground">{wordCause(cause)}</span>
      </TD>
      <TD>
        <Badge variant={isTrusted(report) ? "emerald" : "amber"}>{wordVerdict(report)}</Badge>
      </TD>
      <TD numeric>{formatNumber(report.data.pairs)}</TD>
      <TD numeric>{formatPercent(report.data.judgeAccuracy.value)}</TD>
      {compared.map((policy) => {
        const curve = report.backtest.curves.find((each) => each.policy === policy);
        const figure = curve && figureAt(curve, share, "labelAccuracy");
        return (
          <TD key={policy} numeric>
            {figure ? wordFigure(figure, "labelAccuracy") : "n/a"}
          </TD>
        );
      })}
      <TD>{policyVersion === null ? "" : `Policy ${policyVersion}`}</TD>
    </TR>
  );
}
