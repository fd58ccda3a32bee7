import { useTranslations } from "next-intl";
import type { Numbers } from "@/app/_components/ui/numbers";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import type { Translate } from "@/app/i18n/translate";
import type { JudgeRisk } from "@/lib/routing/fits/schema";
import { at, ChartFrame } from "../../../reward-models/_components/chart-frame";
import { roundTicks } from "./curves";

const percent = (value: number) => String(Math.round(100 * value));

/** What each AI annotator's confidence tells: how often it is wrong on the part that it would keep. */
export function JudgeRisks({ risks }: { risks: JudgeRisk[] }) {
  const t = useTranslations("routing.risks");
  if (risks.length === 0) return null;
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        {risks.map((risk) => (
          <Risk key={risk.judge} risk={risk} />
        ))}
      </div>
    </Section>
  );
}

function Risk({ risk }: { risk: JudgeRisk }) {
  const t = useTranslations("routing.risks");
  const { percent: share } = useNumbers();
  const { name, labels, accuracy, aurc, curve } = risk;
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-2">
      <h3 className="font-medium [overflow-wrap:anywhere]">{name}</h3>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {t("right", {
          accuracy: share(accuracy.value, accuracy.interval ?? undefined),
          labels,
          risk: aurc.toFixed(3),
        })}
      </p>
      {curve.length < 2 ? (
        <p className="text-muted-foreground">{t("flat")}</p>
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
  const t = useTranslations("routing.risks");
  const numbers = useNumbers();
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
      label={t("summary", { name, strict: wordPoint(strict, numbers, t), loose: wordPoint(loose, numbers, t) })}
      x={{ ticks: [0, 0.25, 0.5, 0.75, 1], format: percent, label: t("keptAxis") }}
      y={{ ticks: yTicks, format: percent, label: t("wrongAxis") }}
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
  const t = useTranslations("routing.risks");
  const { percent: share } = useNumbers();
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">{t("table")}</summary>
      <Table label={t("of", { name })} density="compact">
        <THead>
          <TR>
            <TH numeric>{t("confidence")}</TH>
            <TH numeric>{t("kept")}</TH>
            <TH numeric>{t("wrong")}</TH>
            <TH numeric>{t("bound")}</TH>
          </TR>
        </THead>
        <TBody>
          {curve.map(({ confidence, coverage, risk, bound }) => (
            <TR key={confidence}>
              <TD numeric>{confidence.toFixed(3)}</TD>
              <TD numeric>{share(coverage)}</TD>
              <TD numeric>{share(risk)}</TD>
              <TD numeric>{share(bound)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </details>
  );
}

function wordPoint(
  { coverage, risk, bound }: JudgeRisk["curve"][number],
  numbers: Numbers,
  t: Translate<"routing.risks">,
): string {
  return t("point", {
    kept: numbers.percent(coverage, undefined, 0),
    wrong: numbers.percent(risk),
    bound: numbers.percent(bound),
  });
}
