import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Section } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { InstanceResponse } from "@/lib/instances/schema";
import { nameCompletions } from "../../../_components/completion-names";

/** What is stored beside texts and labels: ids, route, gold, meta. */
export function RecordFacts({ instance }: { instance: InstanceResponse }) {
  const t = useTranslations("instances.record");
  const detail = useTranslations("instances.detail");
  const labelWords = useTranslations("projects.labels");
  const { number } = useNumbers();
  const { gold, meta, completions } = instance;
  const route = instance.routes[0];
  const name = nameCompletions(
    completions.map(({ outsideId }) => outsideId),
    labelWords,
  );
  const completionMeta = completions.filter((completion) => completion.meta !== null);
  return (
    <>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name={t("idOfImport")}>
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{instance.outsideId}</span>
        </Fact>
        <Fact name={t("id")}>
          <ShortId id={instance.id} label={detail("theId")} />
        </Fact>
        <Fact name={t("imported")}>
          <RelativeTime value={instance.createdAt} />
        </Fact>
        <Fact name={t("split")}>{t(`splits.${instance.split}`)}</Fact>
        <Fact name={t("openPlaces")}>{number(instance.openSlots)}</Fact>
        {route ? (
          <Fact name={t("routeBy", { version: route.policyVersion })}>
            <RouteFact route={route} />
          </Fact>
        ) : null}
      </dl>
      {gold !== null ? (
        <Section title={t("gold")} description={t("goldText")}>
          <CodeBlock label={t("goldCode")} code={JSON.stringify(gold, null, 2)} />
        </Section>
      ) : null}
      <Section title={t("meta")} description={t("metaText")}>
        {meta === null ? (
          <p className="text-muted-foreground">{t("none")}</p>
        ) : (
          <CodeBlock label={t("metaCode")} code={JSON.stringify(meta, null, 2)} />
        )}
      </Section>
      {completionMeta.map(({ index, meta }) => (
        <Section key={index} title={t("metaOf", { name: name(index) })}>
          <CodeBlock label={t("metaOfCode", { name: name(index) })} code={JSON.stringify(meta, null, 2)} />
        </Section>
      ))}
    </>
  );
}

function RouteFact({ route: { route, propensity, score, reason } }: { route: InstanceResponse["routes"][number] }) {
  const t = useTranslations("instances.record");
  const { number } = useNumbers();
  return t.rich(score === null ? "route" : "routeScored", {
    route: t(`routes.${route}`),
    probability: number(propensity, 3),
    score: number(score ?? 0, 3),
    reason,
    muted: (chunks) => <span className="text-muted-foreground">{chunks}</span>,
  });
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
