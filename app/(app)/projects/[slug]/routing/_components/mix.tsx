import { StackedBar } from "@/app/_components/ui/meter-bar";
import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import type { RouteProgress } from "@/lib/routing/schema";
import { routeLooks } from "./words";

/** How many instances go where, and how far each part is. */
export function Mix({ progress, open }: { progress: RouteProgress[]; open: number }) {
  const total = progress.reduce((sum, { instances }) => sum + instances, 0);
  if (total === 0) return null;
  return (
    <Section
      title="Mix"
      description={`${formatNumber(total)} ${total === 1 ? "instance" : "instances"} that can be shown; ${formatNumber(open)} of them can still be routed elsewhere, as nobody has labelled or holds them.`}
    >
      <StackedBar
        label="Instances by route"
        legend={false}
        parts={progress.map(({ route, instances }) => ({
          label: routeLooks[route].label,
          value: instances,
          className: routeLooks[route].bar,
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
  const { route, instances, done, doneByPeople, doneByAi } = part;
  const { label, bar } = routeLooks[route];
  return (
    <div className="grid content-start gap-1.5">
      <dt className="flex items-center gap-1.5 text-[0.8125rem] text-muted-foreground">
        <span aria-hidden className={`size-2 rounded-[2px] ${bar}`} />
        {label}
      </dt>
      <dd className="grid gap-1.5">
        <span className="flex items-baseline gap-2 tabular-nums">
          <span className="text-xl leading-7 font-semibold">{formatNumber(instances)}</span>
          <span className="text-[0.8125rem] text-muted-foreground">
            {formatPercent(instances / total, undefined, 0)}
          </span>
        </span>
        <StackedBar
          label={`Progress of ${label}`}
          legend={false}
          parts={[
            { label: "Labelled", value: done, className: bar },
            { label: "To be labelled", value: instances - done, className: "bg-border-strong" },
          ]}
        />
        <span className="text-[0.8125rem] text-muted-foreground tabular-nums">
          {instances === 0
            ? "none"
            : route === "dual"
              ? `labelled by people ${formatNumber(doneByPeople ?? 0)}, by AI ${formatNumber(doneByAi ?? 0)}`
              : `${formatNumber(done)} of ${formatNumber(instances)} labelled`}
        </span>
      </dd>
    </div>
  );
}
