import Link from "next/link";

import { formatNumber } from "@/app/_components/ui/numbers";
import type { RouteExample, RouteExamples } from "@/lib/routing/schema";
import { RouteBadge } from "../../instances/_components/instance-badges";

const parts = [
  { name: "first", title: "First to people" },
  { name: "around", title: "Around the cut" },
  { name: "last", title: "Last to people" },
] as const satisfies readonly { name: keyof RouteExamples; title: string }[];

/** Some of the open instances as a policy would route them, from both ends and around its cut, each with its reason. */
export function Examples({ slug, examples }: { slug: string; examples: RouteExamples }) {
  const shown = parts.filter(({ name }) => examples[name].length > 0);
  if (shown.length === 0) return null;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <h3 className="font-medium">Which instances would go where, and why</h3>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        {shown.map(({ name, title }) => (
          <section key={name} aria-label={title} className="grid min-w-0 grid-cols-1 content-start gap-1">
            <h4 className="text-[0.8125rem] font-medium text-muted-foreground">{wordTitle(title, examples)}</h4>
            <ul className="grid grid-cols-1 border-t">
              {examples[name].map((example) => (
                <Example key={example.instanceId} slug={slug} example={example} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

/** A policy that ranks nothing has no cut, and no first or last. */
function wordTitle(title: string, { first, last }: RouteExamples): string {
  if (first.some(({ score }) => score !== null)) return last.length > 0 ? title : "By rank";
  return title === "First to people" ? "Some that go to people" : "Some that go to AI";
}

function Example({ slug, example }: { slug: string; example: RouteExample }) {
  const { instanceId, outsideId, route, score, reason } = example;
  return (
    <li className="grid gap-0.5 border-b py-2">
      <span className="flex min-w-0 items-center gap-2">
        <RouteBadge route={route} />
        <Link
          href={`/projects/${slug}/instances/${instanceId}`}
          className="min-w-0 truncate font-mono text-xs hover:underline"
        >
          {outsideId}
        </Link>
        {score === null ? null : (
          <span className="ml-auto text-xs text-muted-foreground tabular-nums">{formatNumber(score, 5)}</span>
        )}
      </span>
      <span className="text-[0.8125rem] text-muted-foreground [overflow-wrap:anywhere]">{reason}</span>
    </li>
  );
}
