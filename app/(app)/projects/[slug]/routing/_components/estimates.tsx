import { useTranslations } from "next-intl";
import { Alert } from "@/app/_components/ui/alert";
import { cn } from "@/app/_components/ui/cn";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import type { Numbers } from "@/app/_components/ui/numbers";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { Translate } from "@/app/i18n/translate";
import type { RoutingEstimates, Worth } from "@/lib/routing/estimates/schema";
import type { Figure } from "@/lib/routing/learn/schema";

const rows = ["current", "allHuman", "allAi"] as const satisfies readonly (keyof RoutingEstimates)[];

/** How good the labels are that the policy buys, told by the instances that were drawn at random for people and AI. */
export function Estimates({ estimates }: { estimates: RoutingEstimates }) {
  const t = useTranslations("routing.estimates");
  const numbers = useNumbers();
  const { from, instances, outside, drawn, yardstick, weeks } = estimates;
  return (
    <Section title={t("title")} description={t("description")}>
      {drawn === 0 ? (
        <p className="text-muted-foreground">
          {yardstick} {t("none")}
        </p>
      ) : (
        <>
          <WorthTable estimates={estimates} />
          <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
            {t.rich("basis", { drawn, instances, time: () => <RelativeTime value={from} /> })}{" "}
            {wordRegrets(estimates, numbers, t)} {yardstick}
            {outside === 0 ? "" : ` ${t("outside", { outside })}`}
          </p>
        </>
      )}
      {weeks.length > 0 ? <Weeks weeks={weeks} /> : null}
    </Section>
  );
}

/** Whether the part that AI labels is worse than it was, at the top of the page. */
export function EstimatesAlarm({ estimates: { alarm } }: { estimates: RoutingEstimates }) {
  const t = useTranslations("routing.estimates");
  if (alarm === null) return null;
  const { kind, sentence, since } = alarm;
  return (
    <Alert tone={kind === "worse" ? "danger" : "warning"} title={t(kind === "worse" ? "worse" : "tooFew")}>
      {sentence}{" "}
      <span className="text-muted-foreground">{t.rich("since", { time: () => <RelativeTime value={since} /> })}</span>
    </Alert>
  );
}

function WorthTable({ estimates }: { estimates: RoutingEstimates }) {
  const t = useTranslations("routing.estimates");
  const numbers = useNumbers();
  return (
    <Table label={t("quality")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("labels")}</TH>
          <TH numeric>{t("doublyRobust")}</TH>
          <TH numeric>{t("weighted")}</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map((name) => {
          const worth: Worth = estimates[name];
          return (
            <TR key={name}>
              <TD className={cn("min-w-40", name === "current" && "font-semibold")}>{t(name)}</TD>
              <TD numeric>{wordShare(worth.doublyRobust, numbers, t)}</TD>
              <TD numeric>{wordShare(worth.ipw, numbers, t)}</TD>
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}

function Weeks({ weeks }: Pick<RoutingEstimates, "weeks">) {
  const t = useTranslations("routing.estimates");
  const numbers = useNumbers();
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">{t("byWeek")}</summary>
      <Table label={t("checkedLabels")} density="compact">
        <THead>
          <TR>
            <TH>{t("week")}</TH>
            <TH className="w-1/2 min-w-24">{t("agreed")}</TH>
            <TH numeric>{t("agreed")}</TH>
            <TH numeric>{t("checked")}</TH>
          </TR>
        </THead>
        <TBody>
          {weeks.map(({ week, checked, agreed }) => (
            <TR key={week}>
              <TD className="whitespace-nowrap">{week}</TD>
              <TD>
                <StackedBar
                  label={week}
                  legend={false}
                  parts={[
                    { label: t("agreed"), value: agreed, className: "bg-lm" },
                    { label: t("not"), value: checked - agreed, className: "bg-border-strong" },
                  ]}
                />
              </TD>
              <TD numeric>{checked === 0 ? t("notAvailable") : numbers.percent(agreed / checked)}</TD>
              <TD numeric>{numbers.number(checked)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </details>
  );
}

/** What the policy loses or wins against the two that need no routing. */
function wordRegrets(
  { regretAllHuman, regretAllAi }: RoutingEstimates,
  numbers: Numbers,
  t: Translate<"routing.estimates">,
): string {
  return [wordRegret(regretAllHuman, "people", numbers, t), wordRegret(regretAllAi, "ai", numbers, t)].join(" ");
}

function wordRegret(
  regret: Figure | null,
  than: "people" | "ai",
  numbers: Numbers,
  t: Translate<"routing.estimates">,
): string {
  if (regret === null) return "";
  const { value, interval } = regret;
  const isUnclear = interval === null || (interval[0] <= 0 && interval[1] >= 0);
  return t("regret", {
    than,
    points: numbers.fixed(100 * Math.abs(value), 1),
    side: value > 0 ? "worse" : "better",
    hasBounds: String(interval !== null),
    from: interval === null ? "" : signedPoints(-interval[1], numbers),
    to: interval === null ? "" : signedPoints(-interval[0], numbers),
    isUnclear: String(isUnclear),
  });
}

function signedPoints(value: number, numbers: Numbers): string {
  const text = numbers.fixed(100 * Math.abs(value), 1);
  if (text === numbers.fixed(0, 1)) return text;
  return value > 0 ? `+${text}` : `\u2212${text}`;
}

function wordShare(figure: Figure | null, numbers: Numbers, t: Translate<"routing.estimates">): string {
  return figure === null ? t("notAvailable") : numbers.percent(figure.value, figure.interval ?? undefined);
}
