import { useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import type { Numbers } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { InstanceResponse } from "@/lib/instances/schema";
import type { InstanceVerdict } from "@/lib/judges/schema";
import type { Question } from "@/lib/projects/schema";
import { nameAsked } from "../../../_components/asked-names";
import { nameCompletions } from "../../../_components/completion-names";
import { sourceOf } from "../../../_components/label-words";
import { useAnswerWords } from "../../../_components/use-answer-words";
import { wordOutcome, wordShown } from "../../../judges/_components/answer-words";
import { OutcomeDetail, type Judged } from "../../../judges/_components/outcome-detail";
import { RawText } from "../../../judges/_components/raw-text";

type VerdictListProps = {
  slug: string;
  instance: InstanceResponse;
  verdicts: InstanceVerdict[];
  /** What the task schema asks now. */
  questions: readonly Question[];
  currency: string;
};

/** Verdicts of a group that are shown at once; a tournament with samples has many. */
const shownAtOnce = 4;

/** What judges answered in each order, as they were asked. A label is made of all answers to one question. */
export function VerdictList({ slug, instance, verdicts, questions, currency }: VerdictListProps) {
  const t = useTranslations("instances.verdicts");
  if (verdicts.length === 0) return null;
  return (
    <Section title={t("title")} description={t("description")}>
      <ul className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        {groupVerdicts(verdicts).map((group) => (
          <li key={group[0]!.id} className="min-w-0">
            <Group {...{ slug, instance, group, questions, currency }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

type GroupProps = Omit<VerdictListProps, "verdicts"> & { group: InstanceVerdict[] };

function Group({ slug, instance, group, questions, currency }: GroupProps) {
  const t = useTranslations("instances.verdicts");
  const labelWords = useTranslations("projects.labels");
  const sourceNames = useTranslations("projects.sources");
  const { judge } = group[0]!;
  const rest = group.slice(shownAtOnce);
  return (
    <Card className="grid grid-cols-1 gap-3 p-4">
      <h3 className="flex flex-wrap items-center gap-2 font-medium [overflow-wrap:anywhere]">
        <Badge variant={sourceOf(judge.kind).badge}>{sourceNames(judge.kind)}</Badge>
        <Link href={`/projects/${slug}/judges/${judge.id}`} className="hover:underline">
          {judge.name}
        </Link>
        <span className="font-normal text-muted-foreground">
          {wordAbout(group[0]!, { instance, questions }, { t, labelWords })}
        </span>
      </h3>
      <Verdicts verdicts={group.slice(0, shownAtOnce)} {...{ instance, questions, currency }} />
      {rest.length === 0 ? null : (
        <details className="border-t pt-3">
          <summary className="w-fit cursor-pointer text-[0.8125rem] text-muted-foreground hover:text-foreground">
            {t("more", { count: rest.length })}
          </summary>
          <div className="mt-3">
            <Verdicts verdicts={rest} {...{ instance, questions, currency }} />
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

function Verdict({ verdict, instance, questions, currency }: VerdictProps) {
  const t = useTranslations("instances.verdicts");
  const numbers = useNumbers();
  const words = { ...useAnswerWords(), words: useTranslations("judges.words"), numbers };
  const { outcome, target, sample, thinking, rawText, createdAt } = verdict;
  const ids = idsOf(instance);
  const order = wordShown(verdict.shownOrder, ids, words);
  const question = questions.find(({ id }) => id === verdict.question);
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-muted-foreground">
          {sample === 0 ? t("shown", { order }) : t("shownSample", { order, number: sample + 1 })}
        </span>
        <span className="font-medium [overflow-wrap:anywhere]">
          {wordOutcome(outcome, { ids, target, question }, words)}
        </span>
      </p>
      <OutcomeDetail {...{ outcome, questions }} asked={verdict.question} judged={judgedBy(verdict, instance)} />
      {outcome.kind === "invalid" || outcome.reasoning === null ? null : (
        <p dir="auto" className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-line">
          {outcome.reasoning}
        </p>
      )}
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {t.rich("factsAt", {
          facts: wordFacts(verdict, currency, t, numbers).join(" · "),
          time: () => <RelativeTime value={createdAt} />,
        })}
      </p>
      {rawText === "" ? null : <RawText summary={t("answered")} text={rawText} />}
      {thinking === null ? null : <RawText summary={t("thought")} text={thinking} />}
    </>
  );
}

function wordFacts(
  verdict: InstanceVerdict,
  currency: string,
  t: Translate<"instances.verdicts">,
  { number, money }: Numbers,
): string[] {
  const { latencyMs, costMicros, inputTokens, outputTokens, repairs } = verdict;
  return [
    `${number(latencyMs / 1000, 1)}\u202fs`,
    t("cost", { cost: money(costMicros, currency) }),
    t("tokens", { input: inputTokens, output: outputTokens }),
    ...(repairs > 0 ? [t("askedAgain", { count: repairs })] : []),
  ];
}

/** The completion that a verdict is about; null where it is about several. */
function judgedBy({ target }: InstanceVerdict, { completions }: InstanceResponse): Judged | null {
  const one = /^\d+$/.test(target) ? completions[Number(target)] : undefined;
  return one === undefined || one.text === null ? null : { text: one.text, steps: one.judgedSteps ?? [] };
}

type Words = { t: Translate<"instances.verdicts">; labelWords: Translate<"projects.labels"> };

/** The version that was asked, and what it was asked. */
function wordAbout(
  verdict: InstanceVerdict,
  { instance, questions }: Pick<VerdictListProps, "instance" | "questions">,
  { t, labelWords }: Words,
): string {
  const { version, target } = verdict;
  const asked = questions.find(({ id }) => id === verdict.question);
  const question = nameAsked(asked, verdict, labelWords);
  if (!/^\d+$/.test(target)) return t("version", { version, question });
  return t("versionOf", { version, question, name: nameCompletions(idsOf(instance), labelWords)(Number(target)) });
}

function idsOf({ completions }: InstanceResponse): string[] {
  return completions.map(({ outsideId }) => outsideId);
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
