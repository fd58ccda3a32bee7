"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/app/_components/ui/checkbox";
import type { Translate } from "@/app/i18n/translate";
import { pointNames } from "@/lib/projects/scales/schema";
import type { Condition, Question } from "@/lib/projects/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { withField } from "./draft";
import { useEditor } from "./editor-context";
import { ListFault, SelectField } from "./fields";
import type { AnyTypeFieldsProps } from "./type-fields";

/** When a question is asked: always, or only after certain answers to one before it. */
export function ConditionFields({ question, path, onChange }: AnyTypeFieldsProps) {
  const t = useTranslations("taskSchema.condition");
  const { questions } = useEditor();
  const before = questions.slice(0, questions.indexOf(question)).filter((one) => answersOf(one, t).length > 0);
  const { when } = question;
  if (before.length === 0 && when === undefined) return null;
  const source = before.find(({ id }) => id === when?.question);
  const isStrange = when !== undefined && !source;
  const change = (condition: Condition | undefined) => onChange(withField(question, "when", condition));
  return (
    <div className="grid gap-3">
      <SelectField
        label={t("asked")}
        className="sm:max-w-xs"
        path={`${path}.when.question`}
        value={when?.question ?? ""}
        options={[
          { value: "", words: t("always") },
          ...before.map((one) => ({ value: one.id, words: t("onlyWhen", { name: nameOfQuestion(one) }) })),
          ...(isStrange ? [{ value: when.question, words: t("onlyWhen", { name: when.question }) }] : []),
        ]}
        onChange={(id) => {
          const chosen = before.find((one) => one.id === id);
          change(chosen && { question: id, is: [answersOf(chosen, t)[0]!.value] });
        }}
      />
      {when && source ? <Answers {...{ when, source, path, change }} /> : null}
      <ListFault path={`${path}.when.is`} />
    </div>
  );
}

type AnswersProps = {
  when: Condition;
  source: Question;
  path: string;
  change: (condition: Condition | undefined) => void;
};

/** Which answers, about any of the completions. */
function Answers({ when, source, path, change }: AnswersProps) {
  const t = useTranslations("taskSchema.condition");
  const aspects = "aspects" in source ? source.aspects : [];
  const strangeAspect = aspects.some(({ id }) => id === when.aspect) ? undefined : when.aspect;
  const offered = answersOf(source, t);
  // Answers that are not offered any more have no box to take them out with.
  const others = (value: Condition["is"][number]) =>
    when.is.filter((one) => one !== value && offered.some((answer) => answer.value === one));
  return (
    <>
      {aspects.length > 1 || when.aspect !== undefined ? (
        <SelectField
          label={t("aspect")}
          className="sm:max-w-xs"
          path={`${path}.when.aspect`}
          value={when.aspect ?? ""}
          options={[
            { value: "", words: t("anyAspect") },
            ...aspects.map(({ id, name }) => ({ value: id, words: name })),
            ...(strangeAspect === undefined ? [] : [{ value: strangeAspect, words: strangeAspect }]),
          ]}
          onChange={(aspect) => change(withField(when, "aspect", aspect === "" ? undefined : aspect))}
        />
      ) : null}
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-[0.8125rem] font-medium">
          {t("answers", { name: nameOfQuestion(source) })}
        </legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1.5">
          {offered.map(({ value, words }) => (
            <Checkbox
              key={String(value)}
              label={words}
              checked={when.is.includes(value)}
              onChange={({ target }) =>
                change({ ...when, is: target.checked ? [...others(value), value] : others(value) })
              }
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}

/** The answers to a question that a condition can name. */
function answersOf(
  question: Question,
  t: Translate<"taskSchema.condition">,
): { value: Condition["is"][number]; words: string }[] {
  if (question.type === "binary")
    return [
      { value: true, words: t("yes") },
      { value: false, words: t("no") },
    ];
  if (question.type !== "rating" || question.scale.kind === "range") return [];
  const { scale } = question;
  if (scale.kind === "categories") return scale.categories.map(({ value, name }) => ({ value, words: name }));
  return pointNames(scale).map((name, index) => ({ value: index + 1, words: `${index + 1} ${name}`.trim() }));
}
