import { useTranslations } from "next-intl";
import { Badge, type BadgeVariant } from "@/app/_components/ui/badge";
import type { VerdictOutcome } from "@/lib/judges/schema";
import type { JudgeTrial } from "@/lib/judges/trial/schema";
import type { CritiquePayload, StepsPayload } from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import { readSpanId } from "@/lib/text/quotes";
import { nameCategory, spanCategoriesOf, type SpanCategories } from "../../_components/asked-names";
import { WordDiff } from "../../_components/word-diff";
import { MarkedText, type Mark } from "./marked-text";

/** The completion that an answer is about. */
export type Judged = { text: string; steps: readonly string[] };

type DetailProps = {
  /** Null where the answer is about several completions, or the one has gone. */
  judged: Judged | null;
  /** What the task schema asks now. */
  questions: readonly Question[];
  /** The id of the question that is answered. */
  asked: string;
};

/** All that a verdict says beyond a few words: what it marks, step by step, or in sentences. */
export function OutcomeDetail({ outcome, ...detail }: DetailProps & { outcome: VerdictOutcome }) {
  switch (outcome.kind) {
    case "spans":
      return <Spans marks={outcome.spans} unaligned={outcome.unaligned} {...detail} />;
    case "steps":
      return <Steps steps={outcome.steps} firstError={outcome.firstError} {...detail} />;
    case "critique":
      return <Critique {...outcome} {...detail} />;
    default:
      return null;
  }
}

/** The same of what several verdicts come to. */
export function JoinedDetail({
  trial: { type, payload },
  ...detail
}: DetailProps & { trial: Pick<JudgeTrial, "type" | "payload"> }) {
  if (payload === null) return null;
  if (type === "spans") return <Spans marks={(payload as { spans: Mark[] }).spans} unaligned={[]} {...detail} />;
  if (type === "steps") return <Steps {...(payload as StepsPayload)} {...detail} />;
  return type === "critique" ? <Critique {...(payload as CritiquePayload)} {...detail} /> : null;
}

function categoriesOf(questions: readonly Question[], asked: string): SpanCategories {
  return spanCategoriesOf(
    questions.find(({ id }) => id === asked),
    questions,
  );
}

type Unaligned = Extract<VerdictOutcome, { kind: "spans" }>["unaligned"];

function Spans({
  marks,
  unaligned,
  judged,
  questions,
  asked,
}: DetailProps & { marks: readonly Mark[]; unaligned: Unaligned }) {
  const t = useTranslations("judges.detail");
  const categories = categoriesOf(questions, asked);
  return (
    <>
      {judged === null || marks.length === 0 ? null : <MarkedText text={judged.text} {...{ marks, categories }} />}
      {unaligned.length === 0 ? null : (
        <div className="text-[0.8125rem]">
          <p className="text-muted-foreground">{t("lostQuotes")}</p>
          <ul className="mt-1 grid gap-1 border-s-2 border-tone-amber/60 ps-2.5">
            {unaligned.map(({ quote, severity, ...lost }, i) => {
              const category = nameCategory(categories, lost.category);
              return (
                <li key={i} dir="auto" className="[overflow-wrap:anywhere]">
                  {t.rich("lostQuote", {
                    category: severity === undefined ? category : t("severe", { category, severity }),
                    quote,
                    q: (chunks) => <q>{chunks}</q>,
                  })}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </>
  );
}

const stepBadges: Record<string, BadgeVariant> = { good: "emerald", neutral: "neutral", bad: "rose" };

function Steps({ steps, firstError, judged }: DetailProps & Pick<StepsPayload, "steps" | "firstError">) {
  const t = useTranslations("judges.detail");
  const words = useTranslations("judges.words.stepLabels");
  return (
    <ol aria-label={t("steps")} className="grid gap-1 text-[0.8125rem]">
      {steps.map(({ index, label, flags }) => (
        <li key={index} className="flex items-baseline gap-2">
          <span className="w-5 shrink-0 text-end text-muted-foreground tabular-nums">{index + 1}</span>
          <Badge variant={stepBadges[label]}>{words(label)}</Badge>
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {index === firstError ? <strong className="font-medium">{t("firstError")} </strong> : null}
            {flags.length === 0 ? null : <span className="text-muted-foreground">{flags.join(", ")}. </span>}
            {judged?.steps[index]}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Critique({
  text,
  quotes,
  rewrite,
  judged,
  questions,
  asked,
}: DetailProps & Pick<CritiquePayload, "text" | "quotes" | "rewrite">) {
  const t = useTranslations("judges.detail");
  const marks = quotes.flatMap((id) => readSpanId(id) ?? []).filter(({ on }) => on === undefined);
  return (
    <>
      <p dir="auto" className="max-w-[80ch] [overflow-wrap:anywhere] whitespace-pre-line">
        {text}
      </p>
      {judged === null || marks.length === 0 ? null : (
        <MarkedText text={judged.text} marks={marks} categories={categoriesOf(questions, asked)} />
      )}
      {rewrite === null ? null : (
        <details>
          <summary className="w-fit cursor-pointer text-[0.8125rem] text-muted-foreground hover:text-foreground">
            {t("rewritten")}
          </summary>
          <div className="mt-1.5">
            <WordDiff before={judged?.text ?? ""} after={rewrite} />
          </div>
        </details>
      )}
    </>
  );
}
