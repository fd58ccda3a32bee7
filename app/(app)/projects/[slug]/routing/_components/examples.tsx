import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge } from "@/app/_components/ui/badge";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RouteExample, RouteExamples } from "@/lib/routing/schema";
import { routeBadges } from "./words";

const parts = ["first", "around", "last"] as const satisfies readonly (keyof RouteExamples)[];

/** Some of the open instances as a policy would route them, from both ends and around its cut, each with its reason. */
export function Examples({ slug, examples }: { slug: string; examples: RouteExamples }) {
  const t = useTranslations("routing.examples");
  const shown = parts.filter((name) => examples[name].length > 0);
  if (shown.length === 0) return null;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <h3 className="font-medium">{t("title")}</h3>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        {shown.map((name) => (
          <section key={name} aria-label={t(name)} className="grid min-w-0 grid-cols-1 content-start gap-1">
            <h4 className="text-[0.8125rem] font-medium text-muted-foreground">{t(titleOf(name, examples))}</h4>
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
function titleOf(name: keyof RouteExamples, { first, last }: RouteExamples) {
  if (first.some(({ score }) => score !== null)) return last.length > 0 ? name : "byRank";
  return name === "first" ? "someToPeople" : "someToAi";
}

function Example({ slug, example }: { slug: string; example: RouteExample }) {
  const tRoutes = useTranslations("routing.routes");
  const { number } = useNumbers();
  const { instanceId, outsideId, route, score, reason } = example;
  return (
    <li className="grid gap-0.5 border-b py-2">
      <span className="flex min-w-0 items-center gap-2">
        <Badge variant={routeBadges[route]}>{tRoutes(route)}</Badge>
        <Link
          href={`/projects/${slug}/instances/${instanceId}`}
          className="min-w-0 truncate font-mono text-xs hover:underline"
        >
          {outsideId}
        </Link>
        {score === null ? null : (
          <span className="ms-auto text-xs text-muted-foreground tabular-nums">{number(score, 5)}</span>
        )}
      </span>
      <span className="text-[0.8125rem] text-muted-foreground [overflow-wrap:anywhere]">{reason}</span>
    </li>
  );
}
