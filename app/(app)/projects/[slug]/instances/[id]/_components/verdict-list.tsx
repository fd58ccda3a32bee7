import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { formatMoney, formatNumber } from "@/app/_components/ui/number";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InstanceResponse } from "@/lib/instances/schema";
import type { InstanceVerdict } from "@/lib/judges/schema";
import { sourceOf } from "../../../_components/label-words";
import { RawText } from "../../../judges/_components/raw-text";
import { wordAnswer } from "../../../judges/_components/words";

type VerdictListProps = { instance: InstanceResponse; verdicts: InstanceVerdict[] };

/** What judges answered in each order, as they were asked. A label is made of both orders. */
export function VerdictList({ instance, verdicts }: VerdictListProps) {
  if (verdicts.length === 0) return null;
  const names = instance.completions.map(({ outsideId }) => outsideId);
  return (
    <Section
      title="Verdicts"
      description="What judges answered, each time they were asked. All answers to one question make one label; where the two orders of a comparison contradict each other it is a tie."
    >
      <ul className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        {groupVerdicts(verdicts).map((group) => (
          <li key={group[0]!.id} className="min-w-0">
            <Card className="grid grid-cols-1 gap-3 p-4">
              <h3 className="flex flex-wrap items-center gap-2 font-medium [overflow-wrap:anywhere]">
                <Badge variant={sourceOf(group[0]!.judge.kind).badge}>{sourceOf(group[0]!.judge.kind).label}</Badge>
                {group[0]!.judge.name}, version {group[0]!.version}
                <span className="font-normal text-muted-foreground">on {group[0]!.aspect}</span>
              </h3>
              <ol className="grid grid-cols-1 divide-y">
                {group.map((verdict) => (
                  <li key={verdict.id} className="grid grid-cols-1 gap-1.5 py-3 first:pt-0 last:pb-0">
                    <Verdict verdict={verdict} names={names} />
                  </li>
                ))}
              </ol>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Verdict({ verdict, names }: { verdict: InstanceVerdict; names: string[] }) {
  const { outcome, latencyMs, costMicros, inputTokens, outputTokens, repairs, createdAt } = verdict;
  const shown = verdict.shownOrder.split("-").map((index) => names[Number(index)] ?? index);
  const facts = [
    `${formatNumber(latencyMs / 1000, 1)}\u202fs`,
    `cost ${formatMoney(costMicros)}`,
    `${formatNumber(inputTokens)} tokens in, ${formatNumber(outputTokens)} out`,
    ...(repairs > 0 ? [`asked again ${repairs === 1 ? "once" : `${repairs} times`}`] : []),
  ];
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">Shown {shown.join(", ")}:</span>
        <span className="font-medium">{wordChoice(verdict, names)}</span>
      </p>
      {outcome.kind === "invalid" || outcome.reasoning === null ? null : (
        <p dir="auto" className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-line">
          {outcome.reasoning}
        </p>
      )}
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {facts.join(" · ")}, <RelativeTime value={createdAt} />
      </p>
      {verdict.rawText === "" ? null : <RawText summary="What it answered" text={verdict.rawText} />}
    </>
  );
}

function wordChoice({ outcome, target }: InstanceVerdict, names: string[]): string {
  if (outcome.kind === "invalid") return `cannot be used: ${outcome.problem}`;
  if (outcome.kind === "tie") return "tie";
  if (outcome.kind !== "preferred") return wordAnswer(outcome);
  const pair = target.split("-").map((index) => names[Number(index)] ?? index);
  return `${pair[outcome.preferred]} over ${pair[outcome.preferred === 0 ? 1 : 0]}, strength ${outcome.strength}`;
}

/** The orders of one question together. */
function groupVerdicts(verdicts: InstanceVerdict[]): InstanceVerdict[][] {
  const groups = new Map<string, InstanceVerdict[]>();
  for (const verdict of verdicts) {
    const key = [verdict.judge.id, verdict.version, verdict.question, verdict.aspect, verdict.target].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return [...groups.values()];
}
