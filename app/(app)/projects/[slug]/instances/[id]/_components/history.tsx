import { useTranslations } from "next-intl";
import type { Numbers } from "@/app/_components/ui/numbers";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import type { InstanceResponse } from "@/lib/instances/schema";
import { questionOf, type AskedQuestions } from "@/lib/projects/asked/schema";
import { nameAsked } from "../../../_components/asked-names";
import { wordAnnotator, wordAnswer, type AnswerWords } from "../../../_components/label-words";
import { useAnswerWords } from "../../../_components/use-answer-words";

type Words = Translate<"instances.history">;
type LabelWords = {
  t: Words;
  answerWords: AnswerWords;
  sourceNames: Translate<"projects.sources">;
};
type Event = { at: string; who: string; what: string; detail?: string | null };

/** Everything that happened to an instance, newest first. */
export function History({ instance, asked }: { instance: InstanceResponse; asked: AskedQuestions }) {
  const t = useTranslations("instances.history");
  const answerWords = useAnswerWords();
  const sourceNames = useTranslations("projects.sources");
  const numbers = useNumbers();
  const events = [
    ...labelEvents(instance, asked, { t, answerWords, sourceNames }),
    ...assignmentEvents(instance, t),
    ...flagEvents(instance, t),
    ...routeEvents(instance, t, numbers),
  ];
  events.push({ at: instance.createdAt, who: t("import"), what: t("imported") });
  events.sort((a, b) => b.at.localeCompare(a.at));
  return (
    <ol className="grid gap-0">
      {events.map(({ at, who, what, detail }, index) => (
        <li key={index} className="relative grid gap-0.5 border-s pb-4 ps-5 last:border-transparent last:pb-0">
          <span aria-hidden className="absolute top-1.5 -start-[0.28rem] size-2 rounded-full bg-border-strong" />
          <p className="[overflow-wrap:anywhere]">
            <span className="font-medium">{who}</span> {what}{" "}
            <RelativeTime value={at} className="text-muted-foreground" />
          </p>
          {detail ? (
            <p dir="auto" className="max-w-[80ch] whitespace-pre-line text-muted-foreground">
              {detail}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function labelEvents(
  { labels, completions }: InstanceResponse,
  asked: AskedQuestions,
  { t, answerWords, sourceNames }: LabelWords,
): Event[] {
  const ids = completions.map(({ outsideId }) => outsideId);
  return labels.map((label) => {
    const { revision, isUnsure } = label;
    const question = questionOf(asked, label);
    const answer = wordAnswer(label, { ids, question }, answerWords);
    const said = { aspect: nameAsked(question, label, answerWords.t), revision, answer };
    return {
      at: label.createdAt,
      who: t("who", { name: wordAnnotator(label, answerWords.t), source: sourceNames(label.source) }),
      what:
        revision === 1
          ? t(isUnsure ? "answeredUnsure" : "answered", said)
          : t(isUnsure ? "correctedUnsure" : "corrected", said),
      detail: label.rationale,
    };
  });
}

/** Submissions are told by their labels. */
function assignmentEvents({ assignments }: InstanceResponse, t: Words): Event[] {
  return assignments.flatMap(({ annotatorEmail, state, createdAt, updatedAt, leaseUntil, skipReason }) => {
    const who = annotatorEmail ?? t("anAnnotator");
    const taken = { at: createdAt, who, what: t("given") };
    if (state === "expired") return [taken, { at: leaseUntil, who, what: t("expired") }];
    if (state === "skipped") return [taken, { at: updatedAt, who, what: t("skipped"), detail: skipReason }];
    if (state === "released") return [taken, { at: updatedAt, who, what: t("released") }];
    return [taken];
  });
}

function flagEvents({ assignments }: InstanceResponse, t: Words): Event[] {
  return assignments.flatMap(({ annotatorEmail, flag }) => {
    if (flag === null) return [];
    const who = annotatorEmail ?? t("anAnnotator");
    const given = { at: flag.at, who, what: t("flagged"), detail: flag.note };
    if (flag.resolvedAt === null) return [given];
    return [given, { at: flag.resolvedAt, who: t("aResearcher"), what: t("resolved") }];
  });
}

function routeEvents({ routes }: InstanceResponse, t: Words, { number }: Numbers): Event[] {
  return routes.map(({ createdAt, policyVersion, route, reason, propensity }) => ({
    at: createdAt,
    who: t("policy", { version: policyVersion }),
    what: t(`routed.${route}`),
    detail: t("why", { reason, probability: number(propensity, 3) }),
  }));
}
