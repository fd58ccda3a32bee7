import { useTranslations } from "next-intl";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { DenseHeadMetrics, DenseMetrics, FigureView } from "@/lib/reward/dense/schema";
import { Facts } from "./model-facts";
import { wordFigure } from "./words";

/** How well a version tells which segments annotators mark, and which steps are good, on the test part. */
export function DenseFigures({ metrics }: { metrics: DenseMetrics }) {
  const { segments, steps, leftOut } = metrics;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <>
      {segments ? (
        <Section title={t("dense.segments")} description={t("dense.segmentsHint")}>
          {segments.heads.length > 0 ? <Categories heads={segments.heads} /> : null}
          {segments.tooFew.length > 0 ? (
            <p className="text-muted-foreground">
              {t("dense.tooFew", {
                categories: segments.tooFew
                  .map(({ name, train }) => t("dense.tooFewOf", { name, marks: numbers.number(train.positives) }))
                  .join(t("words.comma")),
              })}
            </p>
          ) : null}
        </Section>
      ) : null}
      {steps ? <Steps steps={steps} /> : null}
      {leftOut > 0 ? (
        <p className="text-muted-foreground">{t("dense.leftOut", { count: numbers.number(leftOut) })}</p>
      ) : null}
    </>
  );
}

function Categories({ heads }: { heads: readonly DenseHeadMetrics[] }) {
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  return (
    <Table label={t("dense.byCategory")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("dense.category")}</TH>
          <TH numeric>{t("dense.marked")}</TH>
          <TH numeric>{t("dense.precision")}</TH>
          <TH numeric>{t("dense.recall")}</TH>
          <TH numeric>F1</TH>
          <TH numeric>{t("dense.f1Logistic")}</TH>
          <TH numeric>{t("words.difference")}</TH>
          <TH numeric>AUC</TH>
        </TR>
      </THead>
      <TBody>
        {heads.map((head) => (
          <TR key={head.name}>
            <TD className="min-w-40">
              <div className="font-semibold [overflow-wrap:anywhere]">{head.name}</div>
              <div className="text-[0.8125rem] whitespace-nowrap text-muted-foreground">
                {t("dense.threshold", { share: numbers.percent(head.threshold) })}
              </div>
            </TD>
            <TD numeric>
              {t("dense.shareOf", { share: numbers.percent(share(head)), rows: numbers.number(head.test.rows) })}
              <div className="text-[0.8125rem] text-muted-foreground">
                {t("words.countedPrompts", { prompts: numbers.number(head.test.prompts) })}
              </div>
            </TD>
            <FigureCell figure={head.precision} />
            <FigureCell figure={head.recall} />
            <FigureCell figure={head.f1} />
            <FigureCell figure={head.logistic.f1} />
            <FigureCell figure={head.f1Advantage} />
            <TD numeric>{wordFigure(head.auc, numbers, t)}</TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function Steps({ steps }: { steps: NonNullable<DenseMetrics["steps"]> }) {
  const { head, majority, firstError, oneToMany } = steps;
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const word = (figure: FigureView | null): string =>
    figure ? numbers.percent(figure.value, figure.interval) : t("words.notAvailable");
  return (
    <Section title={t("dense.steps")} description={t("dense.stepsHint")}>
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Facts
          facts={[
            [
              t("dense.testSteps"),
              t("dense.ofPrompts", {
                rows: numbers.number(head.test.rows),
                prompts: numbers.number(head.test.prompts),
              }),
            ],
            [t("dense.goodOrNot"), word(head.accuracy)],
            [t("dense.logistic"), word(head.logistic.accuracy)],
            [t("dense.commoner"), word(majority)],
            [t("words.rocArea"), wordFigure(head.auc, numbers, t)],
            ...(firstError
              ? ([
                  [t("dense.firstError"), word(firstError.accuracy)],
                  [t("dense.firstErrorLogistic"), word(firstError.logistic)],
                  [t("dense.firstErrorCommonest"), word(firstError.majority)],
                ] satisfies [string, string][])
              : []),
          ]}
        />
        {oneToMany ? (
          <Table label={t("dense.bySteps")} stickyHead={false} density="compact">
            <THead>
              <TR>
                <TH>{t("words.countedPrompts", { prompts: numbers.number(oneToMany.prompts) })}</TH>
                <TH numeric>{t("dense.strictlyAhead")}</TH>
                <TH numeric>{t("dense.bestIsRight")}</TH>
              </TR>
            </THead>
            <TBody>
              {oneToMany.by.map(({ aggregation, accuracy, bestOfN }) => (
                <TR key={aggregation}>
                  <TD>{t(`dense.aggregations.${aggregation}`)}</TD>
                  <TD numeric>{word(accuracy)}</TD>
                  <TD numeric>{word(bestOfN)}</TD>
                </TR>
              ))}
              <TR>
                <TD>{t("dense.drawn")}</TD>
                <TD numeric />
                <TD numeric>{numbers.percent(oneToMany.chance)}</TD>
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
  const t = useTranslations("rewardModels");
  const numbers = useNumbers();
  const [low = "", high = ""] = (figure?.interval ?? []).map((value) => numbers.fixed(100 * value, 1));
  return (
    <TD numeric>
      {figure ? numbers.percent(figure.value) : t("words.notAvailable")}
      {figure ? (
        <div className="text-[0.8125rem] whitespace-nowrap text-muted-foreground">
          {t("words.range", { low, high })}
        </div>
      ) : null}
    </TD>
  );
}

function share({ test }: DenseHeadMetrics): number {
  return test.positives / test.rows;
}
