import { Alert } from "@/app/_components/ui/alert";
import { cn } from "@/app/_components/ui/cn";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { RoutingEstimates, Worth } from "@/lib/routing/estimates/schema";
import type { Figure } from "@/lib/routing/learn/schema";

const rows = [
  { name: "current", label: "Labels as they are" },
  { name: "allHuman", label: "If people had labelled all" },
  { name: "allAi", label: "If AI had labelled all" },
] as const satisfies readonly { name: keyof RoutingEstimates; label: string }[];

/** How good the labels are that the policy buys, told by the instances that were drawn at random for people and AI. */
export function Estimates({ estimates }: { estimates: RoutingEstimates }) {
  const { from, instances, outside, drawn, yardstick, weeks } = estimates;
  return (
    <Section
      title="How it does"
      description="Share of labels that are right, estimated live from what was drawn at random for people and AI, with 95 % intervals. People who label these do not see what AI says."
    >
      {drawn === 0 ? (
        <p className="text-muted-foreground">
          {yardstick} What a policy draws for both brings them; 8 % is a share to begin with.
        </p>
      ) : (
        <>
          <WorthTable estimates={estimates} />
          <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
            From {formatNumber(drawn)} drawn of {formatNumber(instances)} instances since <RelativeTime value={from} />.{" "}
            {wordRegrets(estimates)} {yardstick}
            {outside === 0 ? "" : ` Nothing is said of ${formatNumber(outside)} others, which could not be drawn.`}
          </p>
        </>
      )}
      {weeks.length > 0 ? <Weeks weeks={weeks} /> : null}
    </Section>
  );
}

/** Whether the part that AI labels is worse than it was, at the top of the page. */
export function EstimatesAlarm({ estimates: { alarm } }: { estimates: RoutingEstimates }) {
  if (alarm === null) return null;
  const { kind, sentence, since } = alarm;
  return (
    <Alert
      tone={kind === "worse" ? "danger" : "warning"}
      title={kind === "worse" ? "AI’s labels have become worse" : "Too few labels to watch over AI"}
    >
      {sentence}{" "}
      <span className="text-muted-foreground">
        Since <RelativeTime value={since} />.
      </span>
    </Alert>
  );
}

function WorthTable({ estimates }: { estimates: RoutingEstimates }) {
  return (
    <Table label="Quality of the labels" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Labels</TH>
          <TH numeric>Doubly robust</TH>
          <TH numeric>Weighted by propensity</TH>
        </TR>
      </THead>
      <TBody>
        {rows.map(({ name, label }) => {
          const worth: Worth = estimates[name];
          return (
            <TR key={name}>
              <TD className={cn("min-w-40", name === "current" && "font-semibold")}>{label}</TD>
              <TD numeric>{wordShare(worth.doublyRobust)}</TD>
              <TD numeric>{wordShare(worth.ipw)}</TD>
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}

function Weeks({ weeks }: Pick<RoutingEstimates, "weeks">) {
  return (
    <details className="min-w-0">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">
        AI’s labels that people checked, by week
      </summary>
      <Table label="AI’s labels that people checked" density="compact">
        <THead>
          <TR>
            <TH>Week from</TH>
            <TH className="w-1/2 min-w-24">Agreed</TH>
            <TH numeric>Agreed</TH>
            <TH numeric>Checked</TH>
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
                    { label: "Agreed", value: agreed, className: "bg-lm" },
                    { label: "Not", value: checked - agreed, className: "bg-border-strong" },
                  ]}
                />
              </TD>
              <TD numeric>{checked === 0 ? "n/a" : formatPercent(agreed / checked)}</TD>
              <TD numeric>{formatNumber(checked)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </details>
  );
}

/** What the policy loses or wins against the two that need no routing. */
function wordRegrets({ regretAllHuman, regretAllAi }: RoutingEstimates): string {
  const say = (regret: Figure | null, other: string) => (regret === null ? "" : `${wordRegret(regret)} ${other}.`);
  return [say(regretAllHuman, "than if people labelled all"), say(regretAllAi, "than if AI labelled all")].join(" ");
}

function wordRegret({ value, interval }: Figure): string {
  const points = (each: number) => (100 * Math.abs(each)).toFixed(1);
  const isUnclear = interval === null || (interval[0] <= 0 && interval[1] >= 0);
  const bounds = interval === null ? "" : `, ${signedPoints(-interval[1])} to ${signedPoints(-interval[0])}`;
  const side = value > 0 ? "worse" : "better";
  return `It is ${points(value)} points ${side}${bounds}${isUnclear ? " (so perhaps no different)" : ""}`;
}

function signedPoints(value: number): string {
  const text = (100 * value).toFixed(1);
  return Number(text) === 0 ? "0.0" : value > 0 ? `+${text}` : text.replace("-", "\u2212");
}

function wordShare(figure: Figure | null): string {
  return figure === null ? "n/a" : formatPercent(figure.value, figure.interval ?? undefined);
}
