import Link from "next/link";

import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { formatMoney, formatNumber } from "@/app/_components/ui/number";
import { Section } from "@/app/_components/ui/page";
import type { JudgeTrial } from "@/lib/judges/schema";
import { RawText } from "./raw-text";
import { wordOutcome } from "./words";

const outcomes: Record<JudgeTrial["outcome"], { variant: BadgeVariant; label: string }> = {
  preferred: { variant: "emerald", label: "Both orders agree" },
  tie: { variant: "neutral", label: "A tie in both orders" },
  inconsistent: { variant: "amber", label: "The orders disagree: a tie" },
  answered: { variant: "emerald", label: "Answered" },
  invalid: { variant: "rose", label: "Unreadable: no label" },
};

/** What a judge answered when it was tried: both orders side by side with what was sent and received. */
export function Trial({ slug, trial }: { slug: string; trial: JudgeTrial }) {
  const { variant, label } = outcomes[trial.outcome];
  return (
    <Section
      title="What it says"
      description={
        <>
          About{" "}
          <Link href={`/projects/${slug}/instances/${trial.instanceId}`} className="underline underline-offset-2">
            {trial.outsideId}
          </Link>{" "}
          in the aspect {trial.aspect}. Nothing is stored.
        </>
      }
    >
      <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge variant={variant}>{label}</Badge>
        <span className="text-muted-foreground tabular-nums">Cost {formatMoney(trial.costMicros)}</span>
      </div>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        {trial.orders.map((order) => (
          <Card key={order.shownOrder} className="grid grid-cols-1 content-start gap-3 p-4">
            <div>
              <h3 className="font-semibold">Completion {order.shownOrder.replace("-", " shown first, then ")}</h3>
              <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
                {formatNumber(order.inputTokens)} tokens in, {formatNumber(order.outputTokens)} out,{" "}
                {formatNumber(order.latencyMs)} ms
                {order.repairs > 0 ? `, asked ${order.repairs} more ${order.repairs === 1 ? "time" : "times"}` : ""}
              </p>
            </div>
            <p className="[overflow-wrap:anywhere]">{wordOutcome(order.outcome)}</p>
            <RawText summary="Answer" text={order.rawText} isOpen />
            {order.messages.map(({ role, content }, i) => (
              <RawText key={i} summary={`Sent as ${role}`} text={content} />
            ))}
          </Card>
        ))}
      </div>
    </Section>
  );
}
