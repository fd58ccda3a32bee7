import { useTranslations } from "next-intl";
import { cn } from "@/app/_components/ui/cn";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { PolicyPreview, RouteCounts } from "@/lib/routing/schema";
import { routeBars, routeNames } from "./words";

type PreviewProps = { preview: PolicyPreview | undefined; isPending: boolean; currency: string };

/** What a policy would change, in counts; faint while newer ones are on their way. */
export function Preview({ preview, isPending, currency }: PreviewProps) {
  const t = useTranslations("routing.preview");
  const tRoutes = useTranslations("routing.routes");
  const { number, money, percent } = useNumbers();
  if (!preview) return <Skeleton className="h-52" />;
  const { sentence, before, after, humanLabels, verdicts, costMicros, isEstimate, escalatedShare } = preview;
  const rows: { name: string; bar?: string; now: number; then: number }[] = [
    ...routeNames.map((route) => ({
      name: tRoutes(route),
      bar: routeBars[route],
      now: before[route],
      then: after[route],
    })),
    { name: t("peopleToCome"), now: humanLabels.before, then: humanLabels.after },
    { name: t("verdictsToCome"), now: verdicts.before, then: verdicts.after },
  ];
  return (
    <div role="status" aria-busy={isPending} className={cn("grid grid-cols-1 gap-3", isPending && "opacity-60")}>
      <p className="font-medium text-balance">{sentence}</p>
      <Counts label={t("thenByRoute")} counts={after} />
      <table className="w-full tabular-nums">
        <caption className="sr-only">{t("caption")}</caption>
        <thead>
          <tr className="text-[0.8125rem] text-muted-foreground">
            <th scope="col" className="py-1 text-start font-medium">
              {t(isEstimate ? "openAbout" : "open")}
            </th>
            <th scope="col" className="py-1 ps-4 text-end font-medium">
              {t("now")}
            </th>
            <th scope="col" className="py-1 ps-4 text-end font-medium">
              {t("then")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, bar, now, then }) => (
            <tr key={name} className="border-t">
              <th scope="row" className="py-1.5 text-start font-normal">
                {bar ? <span aria-hidden className={cn("me-2 inline-block size-2 rounded-[2px]", bar)} /> : null}
                {name}
              </th>
              <td className="py-1.5 ps-4 text-end text-muted-foreground">{number(now)}</td>
              <td className="py-1.5 ps-4 text-end font-medium">{number(then)}</td>
            </tr>
          ))}
          {costMicros === null ? null : (
            <tr className="border-t">
              <th scope="row" className="py-1.5 text-start font-normal">
                {t("cost")}
              </th>
              <td className="py-1.5 ps-4 text-end text-muted-foreground">{money(costMicros.before, currency)}</td>
              <td className="py-1.5 ps-4 text-end font-medium">{money(costMicros.after, currency)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {escalatedShare > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">
          {t("escalated", { share: percent(escalatedShare, undefined, 0) })}
        </p>
      ) : null}
      {costMicros === null && verdicts.after > 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">{t("unpriced")}</p>
      ) : null}
    </div>
  );
}

function Counts({ label, counts }: { label: string; counts: RouteCounts }) {
  const tRoutes = useTranslations("routing.routes");
  return (
    <StackedBar
      label={label}
      legend={false}
      parts={routeNames.map((route) => ({
        label: tRoutes(route),
        value: counts[route],
        className: routeBars[route],
      }))}
    />
  );
}
