"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";

import { Badge } from "@/app/_components/ui/badge";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/textarea";
import type { Question } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import type { JudgeValues } from "../judge-values";
import { faultIn, FieldFault } from "./judge-fields";

type QuestionFieldsProps = {
  questions: readonly Question[];
  /** Those that the judge was given. */
  given: readonly string[];
  failure: Error | null;
};

/** What the judge answers, and by which rubric. */
export function QuestionFields({ questions, given, failure }: QuestionFieldsProps) {
  const t = useTranslations("judges");
  const { register } = useFormContext<JudgeValues>();
  return (
    <>
      <QuestionChoice questions={questions} given={given} failure={failure} />
      <Field label={t("common.rubric")} required error={faultIn(failure, "rubric")} hint={t("questions.rubricHint")}>
        <Textarea dir="auto" rows={8} {...register("rubric")} />
      </Field>
    </>
  );
}

function QuestionChoice({ questions, given, failure }: QuestionFieldsProps) {
  const t = useTranslations("judges.questions");
  const types = useTranslations("projects.types");
  const { control, register, getValues, setValue } = useFormContext<JudgeValues>();
  const answersAll = useWatch({ control, name: "answersAll" });
  const gone = given.filter((id) => !questions.some((question) => question.id === id));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-[0.8125rem] leading-5 font-medium">{t("legend")}</legend>
      <Checkbox
        label={questions.length === 1 ? t("every") : t("all", { count: questions.length })}
        {...register("answersAll", {
          onChange: () => {
            if (getValues("questions").length === 0)
              setValue(
                "questions",
                questions.map(({ id }) => id),
              );
          },
        })}
      />
      {answersAll ? null : (
        <ul className="grid gap-1.5 border-s-2 ps-3">
          {questions.map((question) => (
            <li key={question.id}>
              <Checkbox
                value={question.id}
                label={
                  <span className="inline-flex flex-wrap items-center gap-2 [overflow-wrap:anywhere]">
                    {nameOfQuestion(question)} <Badge variant="outline">{types(question.type)}</Badge>
                  </span>
                }
                {...register("questions")}
              />
            </li>
          ))}
          {gone.map((id) => (
            <li key={id}>
              <Checkbox value={id} label={id} hint={t("noLonger")} {...register("questions")} />
            </li>
          ))}
        </ul>
      )}
      <FieldFault fault={faultIn(failure, "questions")} />
    </fieldset>
  );
}
