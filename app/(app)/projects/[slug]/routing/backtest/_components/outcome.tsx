import { useTranslations } from "next-intl";
import Link from "next/link";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Figure } from "@/lib/routing/learn/schema";
import type { PolicyInput } from "@/lib/routing/schema";
import { ApplyPanel } from "../../_components/apply-panel";
import type { usePreview } from "../../_components/policy-calls";
import type { BacktestProps } from "./backtest-props";
import { type Choice, isDoubtful } from "./choice";
import type { Today } from "./curve-chart";
import { wordFigure, wordGain } from "./curve-looks";
import { costAt, figureAt, gainOver, overRandomAt } from "./curves";

type OutcomeProps = BacktestProps & {
  today: Today | null;
  choice: Choice;
  policy: PolicyInput | null;
  preview: ReturnType<typeof usePreview>;
};

/** What the policy that is looked at would bring if it were applied, and the button that applies it. */
export function Outcome(props: OutcomeProps) {
  const t = useTranslations("routing.outcome");
  const { slug, fit, newest, routing, canManage, choice } = props;
  const isOld = newest !== null && newest.version !== fit.version;
  return (
    <section aria-label={t("label")} className="grid min-w-0 grid-cols-1 content-start gap-3">
      <h3 className="font-medium">{t("title")}</h3>
      {canManage && props.policy !== null ? (
        <ApplyPanel key={routing.current.version} {...props}>
          <Expected {...props} />
          {isOld ? (
            <p className="text-[0.8125rem] text-muted-foreground">
              {t("old", { version: fit.version, newest: newest.version })}
            </p>
          ) : null}
        </ApplyPanel>
      ) : (
        <div className="grid grid-cols-1 gap-4 rounded-lg border p-4">
          <Expected {...props} />
          {canManage ? <ElsewhereButton slug={slug} choice={choice} /> : null}
        </div>
      )}
    </section>
  );
}

/** Policies without a budget have other fields, which the Policy tab has. */
function ElsewhereButton({ slug, choice: { policy } }: Pick<OutcomeProps, "slug" | "choice">) {
  const t = useTranslations("routing.outcome");
  return (
    <div className="grid gap-2">
      <p className="text-muted-foreground">
        {t(policy === "confidence" || policy === "cascade" ? "bound" : "noBudget")}
      </p>
      <Button asChild className="justify-self-start">
        <Link href={`/projects/${slug}/routing?kind=${policy}`}>{t("elsewhere")}</Link>
      </Button>
    </div>
  );
}

function Expected({ fit: { report }, routing, today, choice, currency }: OutcomeProps) {
  const t = useTranslations("routing.outcome");
  const tFigures = useTranslations("routing.figures");
  const curveName = useTranslations("routing.curves")(choice.policy);
  const measureName = useTranslations("routing.measures")(`${choice.measure}.label`);
  const { money } = useNumbers();
  const { policy, share, measure } = choice;
  const { curves } = report.backtest;
  const curveOf = (name: string) => curves.find((curve) => curve.policy === name);
  const [chosen, random] = [curveOf(policy), curveOf("random")];
  const figure = chosen ? figureAt(chosen, share, measure) : null;
  const overRandom = chosen ? overRandomAt(chosen, share, measure) : null;
  const now = today ? (curveOf(today.curve) ?? random) : undefined;
  const todays = today && now ? figureAt(now, today.share, measure) : null;
  const cost = chosen ? costAt(chosen, share) : null;
  const todaysCost = today && now ? costAt(now, today.share) : null;
  return (
    <div className="grid grid-cols-1 gap-3">
      {isDoubtful(policy, report) ? (
        <Alert tone="warning" title={t("unreliable")}>
          {t("unreliableWhy", { policy: curveName.toLowerCase() })}
        </Alert>
      ) : null}
      <dl className="grid grid-cols-1 gap-2 tabular-nums">
        {figure ? (
          <Fact name={t("expected", { measure: measureName })} value={wordFigure(figure, measure, tFigures)} isMain />
        ) : null}
        {overRandom ? (
          <Fact
            name={t("overRandom")}
            value={wordGain(overRandom, measure, tFigures)}
            note={isUnclear(overRandom) ? t("unclear") : undefined}
          />
        ) : null}
        {figure && todays ? (
          <Fact
            name={t("overToday")}
            value={wordGain(gainOver(figure, todays), measure, tFigures)}
            note={isUnclear(gainOver(figure, todays)) ? t("unclear") : undefined}
          />
        ) : null}
        {cost === null ? null : (
          <Fact
            name={t("cost")}
            value={money(cost * routing.open, currency)}
            note={todaysCost === null ? undefined : t("costNow", { money: money(todaysCost * routing.open, currency) })}
          />
        )}
      </dl>
    </div>
  );
}

type FactProps = { name: string; value: string; note?: string | undefined; isMain?: boolean };

function Fact({ name, value, note, isMain }: FactProps) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
      <dd className={isMain ? "text-base font-semibold" : undefined}>
        <bdi>{value}</bdi>
      </dd>
      {note === undefined ? null : <dd className="text-[0.8125rem] text-muted-foreground">{note}</dd>}
    </div>
  );
}

/** An interval that has 0 in it shows no difference. */
function isUnclear({ interval }: Figure): boolean {
  return interval !== null && interval[0] <= 0 && interval[1] >= 0;
}
