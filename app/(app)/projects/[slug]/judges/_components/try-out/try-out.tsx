"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import { ApiError } from "@/app/_components/api-client";
import { faultOf } from "@/app/_components/form-errors";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { passFocus } from "@/app/_components/ui/pass-focus";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Spinner } from "@/app/_components/ui/spinner";
import type { SubjectView } from "@/lib/judges/subjects/schema";
import type { Question } from "@/lib/projects/schema";
import type { Translate } from "@/app/i18n/translate";
import { nameOfQuestion } from "@/lib/text/question-name";
import type { JudgeValues } from "../judge-values";
import { SubjectPicker } from "./subject-picker";
import { CompletionChoice } from "./completion-choice";
import { TrialResult } from "./trial-result";
import type { TriedOn, Trying } from "./use-trial";

type TryOutProps = {
  slug: string;
  questions: readonly Question[];
  currency: string;
  firstSubject: SubjectView | null;
  trial: Trying;
  onTry: (about: TriedOn) => void;
};

/** Asks what the form says about one instance, before it is saved. */
export function TryOut({ slug, questions, currency, firstSubject, trial, onTry }: TryOutProps) {
  const t = useTranslations("judges.tryOut");
  const common = useTranslations("judges.common");
  const types = useTranslations("projects.types");
  const { control } = useFormContext<JudgeValues>();
  const [answersAll, ids] = useWatch({ control, name: ["answersAll", "questions"] });
  const [chosen, setChosen] = useState<string | null>(null);
  const [aspect, setAspect] = useState<string | null>(null);
  const [subject, setSubject] = useState(firstSubject);
  const [about, setAbout] = useState<Pick<TriedOn, "completion" | "pair">>({});
  const question =
    questions.find(({ id }) => id === chosen) ??
    questions.find(({ id }) => answersAll || ids.includes(id)) ??
    questions[0]!;
  const aspects = "aspects" in question ? question.aspects : [];
  const choose = (id: string) => {
    setChosen(id);
    setAspect(null);
    setAbout({});
  };
  const pick = (found: SubjectView) => {
    setSubject(found);
    setAbout({});
  };
  return (
    <Section title={t("title")} description={t("description")} className="xl:border-s xl:ps-8">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label={common("question")} error={faultOf(trial.error, "question")}>
          <NativeSelect value={question.id} onChange={(event) => choose(event.target.value)}>
            {questions.map((each) => (
              <option key={each.id} value={each.id}>
                {t("typed", { type: types(each.type), question: nameOfQuestion(each) })}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {aspects.length > 1 ? (
          <Field label={common("aspect")} error={faultOf(trial.error, "aspect")}>
            <NativeSelect value={aspect ?? aspects[0]!.id} onChange={(event) => setAspect(event.target.value)}>
              {aspects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          </Field>
        ) : null}
      </div>
      <SubjectPicker slug={slug} subject={subject} onPick={pick} />
      {subject ? (
        <CompletionChoice
          type={question.type}
          subject={subject}
          about={about}
          error={trial.error}
          onChange={setAbout}
        />
      ) : (
        <Alert tone="info">{t("noInstance")}</Alert>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          disabled={subject === null || trial.isPending}
          onClick={() =>
            onTry({
              ...{ question: question.id, instanceId: subject!.id, ...about },
              ...(aspects.length > 1 && { aspect: aspect ?? aspects[0]!.id }),
            })
          }
        >
          {t("start")}
        </Button>
        {trial.isPending ? (
          <>
            <Button ref={passFocus} variant="ghost" onClick={trial.cancel}>
              {t("cancel")}
            </Button>
            <span role="status" className="flex items-center gap-2 text-muted-foreground">
              <Spinner /> {t("asking")}
            </span>
          </>
        ) : null}
      </div>
      {trial.error ? <Alert tone="danger">{wordFailure(trial.error, t)}</Alert> : null}
      {trial.data ? <TrialResult slug={slug} trial={trial.data} {...{ questions, subject, currency }} /> : null}
    </Section>
  );
}

/** What is said at fields of the form is not said twice. */
function wordFailure(error: Error, t: Translate<"judges.tryOut">): string {
  const faults = error instanceof ApiError ? error.faults : [];
  const isInForm = faults.length > 0 && faults.every(({ path }) => path === "apiKey" || path.startsWith("config."));
  return isInForm ? t("inForm") : error.message;
}
