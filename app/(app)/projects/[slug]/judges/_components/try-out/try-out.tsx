"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";

import { faultOf } from "@/app/_components/form-errors";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Spinner } from "@/app/_components/ui/spinner";
import type { SubjectView } from "@/lib/judges/subjects/schema";
import type { Question } from "@/lib/projects/schema";
import { typeWords } from "../../../_components/type-words";
import type { JudgeValues } from "../judge-values";
import { nameQuestion } from "../question-name";
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
    <Section
      title="Try it"
      description="Asks the settings as they stand on this page, saved or not, once in every order. Nothing is stored but what it costs."
      className="xl:border-l xl:pl-10"
    >
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="Question" error={faultOf(trial.error, "question")}>
          <NativeSelect value={question.id} onChange={(event) => choose(event.target.value)}>
            {questions.map((each) => (
              <option key={each.id} value={each.id}>
                {typeWords[each.type]}: {nameQuestion(each)}
              </option>
            ))}
          </NativeSelect>
        </Field>
        {aspects.length > 1 ? (
          <Field label="Aspect" error={faultOf(trial.error, "aspect")}>
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
        <Alert tone="info">
          This project has no instance whose completions can be judged. Import some, then try the judge.
        </Alert>
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
          Try on this instance
        </Button>
        {trial.isPending ? (
          <>
            <Button variant="ghost" onClick={trial.cancel}>
              Cancel the trial
            </Button>
            <span role="status" className="flex items-center gap-2 text-muted-foreground">
              <Spinner /> Asking
            </span>
          </>
        ) : null}
      </div>
      {trial.error ? <Alert tone="danger">{trial.error.message}</Alert> : null}
      {trial.data ? <TrialResult slug={slug} trial={trial.data} {...{ questions, subject, currency }} /> : null}
    </Section>
  );
}
