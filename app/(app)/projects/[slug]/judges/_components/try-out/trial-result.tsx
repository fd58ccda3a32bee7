import { useTranslations } from "next-intl";
import Link from "next/link";

import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { JudgeTrial } from "@/lib/judges/trial/schema";
import type { SubjectView } from "@/lib/judges/subjects/schema";
import type { Question } from "@/lib/projects/schema";
import { nameAsked } from "../../../_components/asked-names";
import { wordAnswer } from "../../../_components/label-words";
import { useAnswerWords } from "../../../_components/use-answer-words";
import { wordConfidence, wordOutcome, wordShown } from "../answer-words";
import { JoinedDetail, OutcomeDetail, type Judged } from "../outcome-detail";
import { RawText } from "../raw-text";

const badges: Record<JudgeTrial["outcome"], BadgeVariant> = {
  preferred: "emerald",
  tie: "neutral",
  inconsistent: "amber",
  answered: "emerald",
  invalid: "rose",
};

type TrialResultProps = {
  slug: string;
  trial: JudgeTrial;
  questions: readonly Question[];
  /** The instance that is chosen now, which may be another by now. */
  subject: SubjectView | null;
  currency: string;
};

/** What a judge answered when it was tried: what it comes to, then every order with what was sent and received. */
export function TrialResult({ slug, trial, questions, subject, currency }: TrialResultProps) {
  const t = useTranslations("judges.trial");
  const completions = subject?.id === trial.instanceId ? subject.completions : [];
  const ids = completions.map(({ outsideId }) => outsideId);
  const judged = completions[Number(trial.target)] ?? null;
  const asked = trial.question;
  return (
    <section aria-label={t("label")} className="@container grid min-w-0 grid-cols-1 gap-4 border-t pt-4">
      <Joined {...{ slug, trial, ids, judged, questions, asked, currency }} />
      <div className="grid grid-cols-1 gap-4 @xl:grid-cols-2">
        {trial.orders.map((order) => (
          <OrderCard
            key={`${order.target} ${order.shownOrder}`}
            {...{ order, ids, judged, questions, asked, currency }}
            isAlone={trial.orders.length === 1}
          />
        ))}
      </div>
    </section>
  );
}

type ShownProps = {
  ids: string[];
  judged: Judged | null;
  questions: readonly Question[];
  asked: string;
  currency: string;
};

function Joined({
  slug,
  trial,
  ids,
  judged,
  questions,
  asked,
  currency,
}: ShownProps & { slug: string; trial: JudgeTrial }) {
  const t = useTranslations("judges.trial");
  const words = useTranslations("judges.words");
  const numbers = useNumbers();
  const isSaid = trial.payload !== null && trial.outcome !== "invalid";
  const answerWords = useAnswerWords();
  const question = questions.find(({ id }) => id === asked);
  const milliseconds = Math.max(...trial.orders.map(({ latencyMs }) => latencyMs));
  const facts = [
    ...(trial.outcome === "invalid" ? [] : [wordConfidence(trial, numbers, words)]),
    t("cost", { cost: numbers.money(trial.costMicros, currency) }),
    t("slowest", { milliseconds: numbers.number(milliseconds) }),
  ];
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge variant={badges[trial.outcome]}>{t(trial.outcome)}</Badge>
        {isSaid ? (
          <span dir="auto" className="line-clamp-3 min-w-0 font-medium [overflow-wrap:anywhere]">
            {wordAnswer({ type: trial.type, payload: trial.payload! }, { ids, question }, answerWords)}
          </span>
        ) : null}
      </div>
      <p className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {t.rich("about", {
          ...{ instance: trial.outsideId, aspect: nameAsked(question, trial, answerWords.t), facts: facts.join(" · ") },
          link: (chunks) => (
            <Link href={`/projects/${slug}/instances/${trial.instanceId}`} className="underline underline-offset-2">
              {chunks}
            </Link>
          ),
        })}
      </p>
      {trial.orders.length > 1 || trial.outcome === "invalid" ? (
        <JoinedDetail {...{ trial, judged, questions, asked }} />
      ) : null}
    </div>
  );
}

type OrderCardProps = ShownProps & { order: JudgeTrial["orders"][number]; isAlone: boolean };

function OrderCard({ order, ids, judged, questions, asked, currency, isAlone }: OrderCardProps) {
  const t = useTranslations("judges.trial");
  const words = useTranslations("judges.words");
  const durations = useTranslations("ui.duration");
  const numbers = useNumbers();
  const verdictWords = { ...useAnswerWords(), words, numbers };
  const { outcome, thinking } = order;
  const about = { ids, target: order.target, question: questions.find(({ id }) => id === asked) };
  const tokens = { input: numbers.number(order.inputTokens), output: numbers.number(order.outputTokens) };
  const cached = order.cachedInputTokens;
  const facts = [
    cached === 0 ? t("tokens", tokens) : t("tokensCached", { ...tokens, cached: numbers.number(cached) }),
    durations("milliseconds", { count: numbers.number(order.latencyMs) }),
    numbers.money(order.costMicros, currency),
    ...(order.repairs > 0 ? [t("askedAgain", { count: order.repairs })] : []),
  ];
  return (
    <Card className={`grid min-w-0 grid-cols-1 content-start gap-3 p-4 ${isAlone ? "@xl:col-span-2" : ""}`}>
      <div>
        <h3 className="font-semibold [overflow-wrap:anywhere]">
          {t("shown", { order: wordShown(order.shownOrder, ids, verdictWords) })}
        </h3>
        <p className="text-[0.8125rem] text-muted-foreground tabular-nums">{facts.join(" · ")}</p>
      </div>
      <p className="font-medium [overflow-wrap:anywhere]">{wordOutcome(outcome, about, verdictWords)}</p>
      <OutcomeDetail {...{ outcome, judged, questions, asked }} />
      {outcome.kind === "invalid" || outcome.reasoning === null ? null : (
        <p dir="auto" className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-line text-muted-foreground">
          {outcome.reasoning}
        </p>
      )}
      <RawText summary={t("answer")} text={order.rawText} isOpen={outcome.kind === "invalid"} />
      {thinking === null ? null : <RawText summary={words("thought")} text={thinking} />}
      {order.messages.map(({ role, content }, i) => (
        <RawText key={i} summary={t("sent", { role })} text={content} />
      ))}
    </Card>
  );
}
