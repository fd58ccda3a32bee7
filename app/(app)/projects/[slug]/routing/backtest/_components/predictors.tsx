import { useTranslations } from "next-intl";
import { Badge } from "@/app/_components/ui/badge";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Translate } from "@/app/i18n/translate";
import type { Figure, LearnReport } from "@/lib/routing/learn/schema";
import { wordSigned } from "./curve-looks";

/** How well the quality of mixes that were not seen is foreseen, beside what the share of human labels alone foresees. */
export function Predictors({ learned }: { learned: LearnReport }) {
  const t = useTranslations("routing.predictors");
  const tFigures = useTranslations("routing.figures");
  const wordCorrelation = (figure: Figure) => wordFigure(figure, tFigures);
  const { predictors, mixes, errorAuc, proxySeconds, seconds, heldOut } = learned;
  const share = predictors.find(({ kind }) => kind === "share");
  const inOrder = share ? [share, ...predictors.filter((each) => each !== share)] : predictors;
  return (
    <Section title={t("title")} description={t("description")}>
      <Table label={t("label")} stickyHead={false} density="compact">
        <THead>
          <TR>
            <TH>{t("predictor")}</TH>
            <TH numeric>R²</TH>
            <TH numeric>Spearman</TH>
            <TH numeric>{t("atOneShare")}</TH>
          </TR>
        </THead>
        <TBody>
          {inOrder.map(({ kind, r2, spearman, spearmanAtOneShare, isChosen }) => (
            <TR key={kind} className={kind === "share" ? "bg-muted" : undefined}>
              <TD className="min-w-48">
                <span className={isChosen ? "font-semibold" : undefined}>{t(`kinds.${kind}.label`)}</span>{" "}
                {isChosen ? <Badge variant="indigo">{t("chosen")}</Badge> : null}
                <span className="block text-[0.8125rem] text-muted-foreground">{t(`kinds.${kind}.hint`)}</span>
              </TD>
              <TD numeric>
                <bdi>{wordCorrelation(r2)}</bdi>
              </TD>
              <TD numeric>
                <bdi>{wordCorrelation(spearman)}</bdi>
              </TD>
              <TD numeric>
                <bdi>{kind === "share" ? t("none") : wordCorrelation(spearmanAtOneShare)}</bdi>
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {t("effort", { mixes, heldOut, seconds: seconds.toFixed(1), proxySeconds: proxySeconds.toFixed(1) })}{" "}
        {errorAuc === null ? t("noErrors") : t("errors", { area: wordCorrelation(errorAuc) })}
      </p>
    </Section>
  );
}

/** "0.91 (0.88 to 0.93)" */
function wordFigure({ value, interval }: Figure, t: Translate<"routing.figures">): string {
  const figure = plain(value);
  return interval ? t("within", { figure, from: plain(interval[0]), to: plain(interval[1]) }) : figure;
}

function plain(value: number): string {
  return wordSigned(value, 2).replace("+", "");
}
