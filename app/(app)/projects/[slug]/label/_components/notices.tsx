"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { RelativeTime } from "@/app/_components/ui/time";
import type { AssignmentView } from "@/lib/assignments/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { wordMoment } from "./keeping/moment";
import type { Problem } from "./session";
import type { Actions } from "./use-actions";

/** Why a submission came back, and what can be done about it. */
export function ProblemNotice({ problem, actions }: { problem: Problem; actions: Actions }) {
  const t = useTranslations("label");
  const locale = useLocale();
  const goOn = <Button onClick={actions.drop}>{t("problems.goOn")}</Button>;
  const buttons: Record<Problem["kind"], ReactNode> = {
    elsewhere: (
      <>
        <Button onClick={actions.revise}>{t("problems.revise")}</Button>
        {goOn}
      </>
    ),
    lost: goOn,
    gone: goOn,
    questions: <Button onClick={() => void actions.renew()}>{t("problems.renew")}</Button>,
    other: null,
  };
  return (
    <div data-problem className="shrink-0 border-b p-2">
      <Alert tone="danger" title={t(`problems.titles.${problem.kind}`)}>
        <p>
          {"draftAt" in problem
            ? `${t(`problems.drafts.${problem.kind}`, { time: wordMoment(problem.draftAt, locale) })} `
            : null}
          {problem.message}
        </p>
        {buttons[problem.kind] ? <div className="mt-2 flex flex-wrap gap-2">{buttons[problem.kind]}</div> : null}
      </Alert>
    </div>
  );
}

type VisitNoticeProps = {
  assignment: Pick<AssignmentView, "submitted" | "state" | "askedAgain" | "schema">;
  onLeave: () => void;
};

/** Says that this is not the current instance. */
export function VisitNotice({ assignment: { submitted, state, askedAgain, schema }, onLeave }: VisitNoticeProps) {
  const t = useTranslations("label");
  return (
    <Strip>
      {submitted && askedAgain ? (
        <span>
          {t.rich("visit.askedAgain", {
            time: () => <RelativeTime value={submitted.submittedAt} />,
            what: changedOf(askedAgain),
            count: askedAgain.questions.length,
            questions: schema.questions
              .filter(({ id }) => askedAgain.questions.includes(id))
              .map(nameOfQuestion)
              .join(", "),
          })}
        </span>
      ) : submitted ? (
        <span>{t.rich("visit.submitted", { time: () => <RelativeTime value={submitted.submittedAt} /> })}</span>
      ) : (
        <span>{state === "skipped" ? t("visit.skipped") : t("visit.lapsed")}</span>
      )}
      <Button variant="link" size="sm" onClick={onLeave}>
        {t("visit.back")}
      </Button>
    </Strip>
  );
}

function changedOf({ questions, guidelines }: NonNullable<AssignmentView["askedAgain"]>): string {
  if (questions.length === 0) return guidelines ? "guidelines" : "nothing";
  return guidelines ? "both" : "questions";
}

/** Says that the guidelines were changed since the page was loaded. */
export function NewGuidelinesNotice({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations("label");
  const router = useRouter();
  return (
    <Strip>
      <span>{t("guidelines.changed")}</span>
      <Button
        variant="link"
        size="sm"
        onClick={() => {
          router.refresh();
          // This button goes away.
          onLeave();
        }}
      >
        {t("guidelines.load")}
      </Button>
    </Strip>
  );
}

/** One line above the texts. */
export function Strip({ children }: { children: ReactNode }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 border-b bg-tone-indigo-soft px-3 py-1.5 text-[0.8125rem] text-tone-indigo-ink sm:px-4">
      {children}
    </div>
  );
}
