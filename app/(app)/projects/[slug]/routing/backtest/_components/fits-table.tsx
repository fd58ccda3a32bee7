import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { FitView } from "@/lib/routing/fits/schema";
import { wordFigure } from "./curve-looks";
import { figureAt } from "./curves";
import { isTrusted, wordVerdict } from "./verdict";

/** The share at which fits are set beside each other. */
const share = 0.25;
const compared = ["learned", "random"] as const;

/** Every fit beside the others, newest first. */
export function FitsTable({ slug, fits, shown }: { slug: string; fits: FitView[]; shown: number }) {
  const t = useTranslations("routing.fits");
  const tCurves = useTranslations("routing.curves");
  const { percent } = useNumbers();
  return (
    <Section title={t("title")} description={t("description", { share: percent(share, undefined, 0) })}>
      <Table label={t("label")} density="compact" stickyHead={false}>
        <THead>
          <TR>
            <TH>{t("fit")}</TH>
            <TH>{t("made")}</TH>
            <TH>{t("verdict")}</TH>
            <TH numeric>{t("pairs")}</TH>
            <TH numeric>{t("judgeRight")}</TH>
            {compared.map((policy) => (
              <TH key={policy} numeric>
                {tCurves(policy)}
              </TH>
            ))}
            <TH>{t("policy")}</TH>
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
  const t = useTranslations("routing.fits");
  const tCauses = useTranslations("routing.causes");
  const tFigures = useTranslations("routing.figures");
  const tVerdict = useTranslations("routing.verdict");
  const { number, percent } = useNumbers();
  const { version, createdAt, cause, report, policyVersion } = fit;
  return (
    <TR data-state={isShown ? "selected" : undefined}>
      <TD className="whitespace-nowrap">
        <Link
          href={`/projects/${slug}/routing/backtest?fit=${version}`}
          aria-current={isShown ? "true" : undefined}
          className="font-medium hover:underline"
        >
          {t("fitNumber", { version })}
        </Link>
        {isShown ? <span className="block text-xs text-muted-foreground">{t("shown")}</span> : null}
      </TD>
      <TD>
        <RelativeTime value={createdAt} />
        <span className="block text-xs text-muted-foreground">{tCauses(cause)}</span>
      </TD>
      <TD>
        <Badge variant={isTrusted(report) ? "emerald" : "amber"}>{wordVerdict(report, tVerdict)}</Badge>
      </TD>
      <TD numeric>{number(report.data.pairs)}</TD>
      <TD numeric>{percent(report.data.judgeAccuracy.value)}</TD>
      {compared.map((policy) => {
        const curve = report.backtest.curves.find((each) => each.policy === policy);
        const figure = curve && figureAt(curve, share, "labelAccuracy");
        return (
          <TD key={policy} numeric>
            <bdi>{figure ? wordFigure(figure, "labelAccuracy", tFigures) : tFigures("notAvailable")}</bdi>
          </TD>
        );
      })}
      <TD>{policyVersion === null ? "" : t("goesBy", { version: policyVersion })}</TD>
    </TR>
  );
}
