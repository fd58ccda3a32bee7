import { useTranslations } from "next-intl";
import { StackedBar } from "@/app/_components/ui/meter-bar";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import type { RouteProgress } from "@/lib/routing/schema";
import { routeBars } from "./words";

/** How many instances go where, and how far each part is. */
export function Mix({ progress, open }: { progress: RouteProgress[]; open: number }) {
  const t = useTranslations("routing.mix");
  const tRoutes = useTranslations("routing.routes");
  const total = progress.reduce((sum, { instances }) => sum + instances, 0);
  if (total === 0) return null;
  return (
    <Section title={t("title")} description={t("description", { total, open })}>
      <StackedBar
        label={t("byRoute")}
        legend={false}
        parts={progress.map(({ route, instances }) => ({
          label: tRoutes(route),
          value: instances,
          className: routeBars[route],
        }))}
      />
      <dl className="grid grid-cols-1 gap-4 sm:grid-cols-3">
        {progress.map((part) => (
          <Part key={part.route} part={part} total={total} />
        ))}
      </dl>
    </Section>
  );
}

function Part({ part, total }: { part: RouteProgress; total: number }) {
  const t = useTranslations("routing.mix");
  const label = useTranslations("routing.routes")(part.route);
  const { number, percent } = useNumbers();
  const { route, instances, done, doneByPeople, doneByAi } = part;
  const bar = routeBars[route];
  return (
    <div className="grid content-start gap-1.5">
      <dt className="flex items-center gap-1.5 text-[0.8125rem] text-muted-foreground">
        <span aria-hidden className={`size-2 rounded-[2px] ${bar}`} />
        {label}
      </dt>
      <dd className="grid gap-1.5">
        <span className="flex items-baseline gap-2 tabular-nums">
          <span className="text-xl leading-7 font-semibold">{number(instances)}</span>
          <span className="text-[0.8125rem] text-muted-foreground">{percent(instances / total, undefined, 0)}</span>
        </span>
        <StackedBar
          label={t("progressOf", { route: label })}
          legend={false}
          parts={[
            { label: t("labelled"), value: done, className: bar },
            { label: t("toBeLabelled"), value: instances - done, className: "bg-border-strong" },
          ]}
        />
        <span className="text-[0.8125rem] text-muted-foreground tabular-nums">
          {instances === 0
            ? t("none")
            : route === "dual"
              ? t("doneByBoth", { people: doneByPeople ?? 0, ai: doneByAi ?? 0 })
              : t("done", { done, instances })}
        </span>
      </dd>
    </div>
  );
}
