import type { ReactNode } from "react";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InstanceResponse } from "@/lib/instances/schema";

/** What is stored beside texts and labels: ids, route, gold, meta. */
export function RecordFacts({ instance }: { instance: InstanceResponse }) {
  const { gold, meta, completions } = instance;
  const route = instance.routes[0];
  const completionMeta = completions.filter((completion) => completion.meta !== null);
  return (
    <>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name="Id of the import">
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{instance.outsideId}</span>
        </Fact>
        <Fact name="Id">
          <ShortId id={instance.id} label="instance id" />
        </Fact>
        <Fact name="Imported">
          <RelativeTime value={instance.createdAt} />
        </Fact>
        <Fact name="Split">{instance.split === "test" ? "test: held out from training" : "train"}</Fact>
        <Fact name="Open places">{formatNumber(instance.openSlots)}</Fact>
        {route ? (
          <Fact name={`Route by policy ${route.policyVersion}`}>
            {route.route}, with probability {formatNumber(route.propensity, 3)}
            {route.score === null ? "" : `, by a disagreement of ${formatNumber(route.score, 3)}`}.{" "}
            <span className="text-muted-foreground">{route.reason}</span>
          </Fact>
        ) : null}
      </dl>
      {gold !== null ? (
        <Section title="Gold" description="The right label as the import gave it.">
          <CodeBlock label="gold" code={JSON.stringify(gold, null, 2)} />
        </Section>
      ) : null}
      <Section title="Meta" description="Fields of the import that have no place of their own.">
        {meta === null ? (
          <p className="text-muted-foreground">None.</p>
        ) : (
          <CodeBlock label="meta" code={JSON.stringify(meta, null, 2)} />
        )}
      </Section>
      {completionMeta.map(({ index, outsideId, meta }) => (
        <Section key={index} title={`Meta of ${outsideId}`}>
          <CodeBlock label={`meta of ${outsideId}`} code={JSON.stringify(meta, null, 2)} />
        </Section>
      ))}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
