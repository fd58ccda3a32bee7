import { cn } from "@/app/_components/ui/cn";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { formatMoney, formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { PolicyPreview, RouteCounts, RouteName } from "@/lib/routing/schema";
import { routeLooks } from "./words";

const routes = Object.keys(routeLooks) as RouteName[];

type PreviewProps = { preview: PolicyPreview | undefined; isPending: boolean; currency: string };

/** What a policy would change, in counts; faint while newer ones are on their way. */
export function Preview({ preview, isPending, currency }: PreviewProps) {
  if (!preview) return <Skeleton className="h-52" />;
  const { sentence, before, after, humanLabels, verdicts, costMicros, isEstimate, escalatedShare } = preview;
  const rows: { name: string; bar?: string; now: number; then: number }[] = [
    ...routes.map((route) => {
      const { label, bar } = routeLooks[route];
      return { name: label, bar, now: before[route], then: after[route] };
    }),
    { name: "Labels by people to come", now: humanLabels.before, then: humanLabels.after },
    { name: "Verdicts by judges to come", now: verdicts.before, then: verdicts.after },
  ];
  return (
    <div role="status" aria-busy={isPending} className={cn("grid grid-cols-1 gap-3", isPending && "opacity-60")}>
      <p className="font-medium text-balance">{sentence}</p>
      <Counts label="Then" counts={after} />
      <table className="w-full tabular-nums">
        <caption className="sr-only">Instances whose route may still change, now and then</caption>
        <thead>
          <tr className="text-[0.8125rem] text-muted-foreground">
            <th scope="col" className="py-1 text-left font-medium">
              {isEstimate ? "Open instances, about" : "Open instances"}
            </th>
            <th scope="col" className="py-1 pl-4 text-right font-medium">
              Now
            </th>
            <th scope="col" className="py-1 pl-4 text-right font-medium">
              Then
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, bar, now, then }) => (
            <tr key={name} className="border-t">
              <th scope="row" className="py-1.5 text-left font-normal">
                {bar ? <span aria-hidden className={cn("mr-2 inline-block size-2 rounded-[2px]", bar)} /> : null}
                {name}
              </th>
              <td className="py-1.5 pl-4 text-right text-muted-foreground">{formatNumber(now)}</td>
              <td className="py-1.5 pl-4 text-right font-medium">{formatNumber(then)}</td>
            </tr>
          ))}
          {costMicros === null ? null : (
            <tr className="border-t">
              <th scope="row" className="py-1.5 text-left font-normal">
                What these verdicts may cost
              </th>
              <td className="py-1.5 pl-4 text-right text-muted-foreground">
                {formatMoney(costMicros.before, currency)}
              </td>
              <td className="py-1.5 pl-4 text-right font-medium">{formatMoney(costMicros.after, currency)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {escalatedShare > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          Of what goes to AI, about {formatPercent(escalatedShare, undefined, 0)} is expected to go on to people,
          because its judge is not confident enough.
        </p>
      ) : null}
      {costMicros === null && verdicts.after > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          What the verdicts cost is not known: no judge with a price is switched on.
        </p>
      ) : null}
    </div>
  );
}

function Counts({ label, counts }: { label: string; counts: RouteCounts }) {
  return (
    <StackedBar
      label={`${label}, open instances by route`}
      legend={false}
      parts={routes.map((route) => ({
        label: routeLooks[route].label,
        value: counts[route],
        className: routeLooks[route].bar,
      }))}
    />
  );
}
