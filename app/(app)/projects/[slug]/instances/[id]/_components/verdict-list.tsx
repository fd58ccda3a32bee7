import { useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { formatMoney, formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { InstanceResponse } from "@/lib/instances/schema";
import type { InstanceVerdict } from "@/lib/judges/schema";
import { sourceOf } from "../../../_components/label-words";
import { wordOutcome, wordShown } from "../../../judges/_components/answer-words";
import { OutcomeDetail, type Judged } from "../../../judges/_components/outcome-detail";
import { RawText } from "../../../judges/_components/raw-text";

type VerdictListProps = { slug: string; instance: InstanceResponse; verdicts: InstanceVerdict[]; currency: string };

/** Verdicts of a group that are shown at once; a tournament with samples has many. */
const shownAtOnce = 4;

/** What judges answered in each order, as they were asked. A label is made of all answers to one question. */
export function VerdictList({ slug, instance, verdicts, currency }: VerdictListProps) {
  if (verdicts.length === 0) return null;
  return (
    <Section
      title="Verdicts"
      description="What judges answered, each time they were asked. All answers to one question make one label; where the two orders of a comparison contradict each other it is a tie."
    >
      <ul className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        {groupVerdicts(verdicts).map((group) => (
          <li key={group[0]!.id} className="min-w-0">
            <Group {...{ slug, instance, group, currency }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

type GroupProps = Omit<VerdictListProps, "verdicts"> & { group: InstanceVerdict[] };

function Group({ slug, instance, group, currency }: GroupProps) {
  const { judge, version, question, aspect } = group[0]!;
  const rest = group.slice(shownAtOnce);
  return (
    <Card className="grid grid-cols-1 gap-3 p-4">
      <h3 className="flex flex-wrap items-center gap-2 font-medium [overflow-wrap:anywhere]">
        <Badge variant={sourceOf(judge.kind).badge}>{sourceOf(judge.kind).label}</Badge>
        <Link href={`/projects/${slug}/judges/${judge.id}`} className="hover:underline">
          {judge.name}
        </Link>
        <span className="font-normal text-muted-foreground">
          version {version}, {aspect === "overall" || aspect === question ? question : `${question}, ${aspect}`}
          {wordTarget(group[0]!, instance)}
        </span>
      </h3>
      <Verdicts verdicts={group.slice(0, shownAtOnce)} {...{ instance, currency }} />
      {rest.length === 0 ? null : (
        <details className="border-t pt-3">
          <summary className="w-fit cursor-pointer text-[0.8125rem] text-muted-foreground hover:text-foreground">
            {rest.length} more {rest.length === 1 ? "answer" : "answers"}
          </summary>
          <div className="mt-3">
            <Verdicts verdicts={rest} {...{ instance, currency }} />
          </div>
        </details>
      )}
    </Card>
  );
}

function Verdicts({ verdicts, ...rest }: Omit<VerdictListProps, "slug">) {
  return (
    <ol className="grid grid-cols-1 divide-y">
      {verdicts.map((verdict) => (
        <li key={verdict.id} className="grid grid-cols-1 gap-1.5 py-3 first:pt-0 last:pb-0">
          <Verdict verdict={verdict} {...rest} />
        </li>
      ))}
    </ol>
  );
}

type VerdictProps = Omit<VerdictListProps, "slug" | "verdicts"> & { verdict: InstanceVerdict };

function Verdict({ verdict, instance, currency }: VerdictProps) {
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const { outcome, target, sample, thinking, rawText, createdAt } = verdict;
  const names = instance.completions.map(({ outsideId }) => outsideId);
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">
          Shown {wordShown(verdict.shownOrder, names, words)}
          {sample === 0 ? "" : `, sample ${sample + 1}`}:
        </span>
        <span className="font-medium [overflow-wrap:anywhere]">
          {wordOutcome(outcome, { names, target }, numbers, words)}
        </span>
      </p>
      <OutcomeDetail outcome={outcome} judged={judgedBy(verdict, instance)} />
      {outcome.kind === "invalid" || outcome.reasoning === null ? null : (
        <p dir="auto" className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-line">
          {outcome.reasoning}
        </p>
      )}
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {wordFacts(verdict, currency).join(" · ")}, <RelativeTime value={createdAt} />
      </p>
      {rawText === "" ? null : <RawText summary="What it answered" text={rawText} />}
      {thinking === null ? null : <RawText summary="What it thought" text={thinking} />}
    </>
  );
}

function wordFacts(verdict: InstanceVerdict, currency: string): string[] {
  const { latencyMs, costMicros, inputTokens, outputTokens, repairs } = verdict;
  return [
    `${formatNumber(latencyMs / 1000, 1)}\u202fs`,
    `cost ${formatMoney(costMicros, currency)}`,
    `${formatNumber(inputTokens)} tokens in, ${formatNumber(outputTokens)} out`,
    ...(repairs > 0 ? [`asked again ${repairs === 1 ? "once" : `${repairs} times`}`] : []),
  ];
}

/** The completion that a verdict is about; null where it is about several. */
function judgedBy({ target }: InstanceVerdict, { completions }: InstanceResponse): Judged | null {
  const one = /^\d+$/.test(target) ? completions[Number(target)] : undefined;
  return one === undefined || one.text === null ? null : { text: one.text, steps: one.judgedSteps ?? [] };
}

function wordTarget({ target }: InstanceVerdict, { completions }: InstanceResponse): string {
  return /^\d+$/.test(target) ? `, completion ${completions[Number(target)]?.outsideId ?? target}` : "";
}

/** The orders and samples of one question together. */
function groupVerdicts(verdicts: InstanceVerdict[]): InstanceVerdict[][] {
  const groups = new Map<string, InstanceVerdict[]>();
  for (const verdict of verdicts) {
    const { judge, version, question, aspect, target } = verdict;
    const key = [judge.id, version, question, aspect, target].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  return [...groups.values()];
}
