import Link from "next/link";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { formatMoney } from "@/app/_components/ui/numbers";
import type { Figure } from "@/lib/routing/learn/schema";
import type { PolicyInput } from "@/lib/routing/schema";
import { ApplyPanel } from "../../_components/apply-panel";
import type { usePreview } from "../../_components/policy-calls";
import type { BacktestProps } from "./backtest-props";
import { type Choice, isDoubtful } from "./choice";
import type { Today } from "./curve-chart";
import { curveLooks, measureWords, wordFigure, wordGain } from "./curve-looks";
import { costAt, figureAt, gainOver, overRandomAt } from "./curves";

type OutcomeProps = BacktestProps & {
  today: Today | null;
  choice: Choice;
  policy: PolicyInput | null;
  preview: ReturnType<typeof usePreview>;
};

/** What the policy that is looked at would bring if it were applied, and the button that applies it. */
export function Outcome(props: OutcomeProps) {
  const { slug, fit, newest, routing, canManage, choice } = props;
  const isOld = newest !== null && newest.version !== fit.version;
  return (
    <section aria-label="What changes if it is applied" className="grid min-w-0 grid-cols-1 content-start gap-3">
      <h3 className="font-medium">What changes if applied</h3>
      {canManage && props.policy !== null ? (
        <ApplyPanel key={routing.current.version} {...props}>
          <Expected {...props} />
          {isOld ? (
            <p className="text-[0.8125rem] text-muted-foreground">
              These figures are of fit {fit.version}; a policy goes by the newest, fit {newest.version}.
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
  return (
    <div className="grid gap-2">
      <p className="text-muted-foreground">
        {policy === "confidence" || policy === "cascade"
          ? "It has a bound on AI’s errors instead of a budget; the share for people follows from it."
          : "It has no budget."}
      </p>
      <Button asChild className="justify-self-start">
        <Link href={`/projects/${slug}/routing?kind=${policy}`}>Set it up on the Policy tab</Link>
      </Button>
    </div>
  );
}

function Expected({ fit: { report }, routing, today, choice, currency }: OutcomeProps) {
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
        <Alert tone="warning" title="Not to be relied on">
          This fit cannot be trusted, so {curveLooks[policy].label.toLowerCase()} cannot be applied. Random and
          uncertainty can.
        </Alert>
      ) : null}
      <dl className="grid grid-cols-1 gap-2 tabular-nums">
        {figure ? (
          <Fact name={`${measureWords[measure].label}, expected`} value={wordFigure(figure, measure)} isMain />
        ) : null}
        {overRandom ? (
          <Fact
            name="More than random with the same share"
            value={wordGain(overRandom, measure)}
            note={wordClear(overRandom)}
          />
        ) : null}
        {figure && todays ? (
          <Fact
            name="More than today"
            value={wordGain(gainOver(figure, todays), measure)}
            note={wordClear(gainOver(figure, todays))}
          />
        ) : null}
        {cost === null ? null : (
          <Fact
            name="Cost of what is open"
            value={formatMoney(cost * routing.open, currency)}
            note={todaysCost === null ? undefined : `as it is now ${formatMoney(todaysCost * routing.open, currency)}`}
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
      <dd className={isMain ? "text-base font-semibold" : undefined}>{value}</dd>
      {note === undefined ? null : <dd className="text-[0.8125rem] text-muted-foreground">{note}</dd>}
    </div>
  );
}

/** An interval that has 0 in it shows no difference. */
function wordClear({ interval }: Figure): string | undefined {
  return interval && interval[0] <= 0 && interval[1] >= 0 ? "perhaps no difference" : undefined;
}
