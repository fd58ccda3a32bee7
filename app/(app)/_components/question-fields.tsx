"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";

import { faultOf } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Textarea } from "@/app/_components/ui/textarea";
import type { Translate } from "@/app/i18n/translate";
import { slugFromName } from "@/lib/text/slug";
import type { ProjectFormValues } from "./project-form";

const maxAspects = 8;

const scales = [2, 3, 5, 7, 9] as const;

/** The answers a scale offers, from the first completion to the second. */
function answersOf(points: (typeof scales)[number], t: Translate<"projectForms.question">): string[] {
  const towards = (name: string) => {
    switch (points) {
      case 2:
      case 3:
        return [name];
      case 5:
        return [t("muchBetter", { name }), t("better", { name })];
      case 7:
        return [t("muchBetter", { name }), t("better", { name }), t("slightlyBetter", { name })];
      case 9:
        return [4, 3, 2, 1].map((strength) => `${name} ${strength}`);
    }
  };
  return [...towards("A"), ...(points === 2 ? [] : [t("tie")]), ...towards("B").reverse()];
}

/** The question of a project: on which scale, about which aspects, and what else can be said. */
export function QuestionFields({ error }: { error: Error | null }) {
  const t = useTranslations("projectForms.question");
  const { register } = useFormContext<ProjectFormValues>();
  const scale = useWatch<ProjectFormValues, "question.scale">({ name: "question.scale" });
  const chosen = scales.find((points) => points === Number(scale));
  return (
    <>
      <Section title={t("title")} description={t("purpose")}>
        <Field label={t("scale")}>
          <NativeSelect className="sm:max-w-xs" {...register("question.scale", { setValueAs: Number })}>
            {scales.map((points) => (
              <option key={points} value={points}>
                {points === 2 ? t("pointsNoTie", { points }) : t("points", { points })}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <ol aria-label={t("answers")} className="flex flex-wrap gap-1.5">
          {(chosen ? answersOf(chosen, t) : []).map((answer) => (
            <li key={answer} className="rounded-md border px-2 py-1 text-[0.8125rem] text-muted-foreground">
              {answer}
            </li>
          ))}
        </ol>
        <Checkbox label={t("bothBad")} hint={t("bothBadHint")} {...register("question.bothBad")} />
        <Field label={t("reason")}>
          <NativeSelect className="sm:max-w-xs" {...register("reason")}>
            <option value="off">{t("off")}</option>
            <option value="optional">{t("optional")}</option>
            <option value="required">{t("required")}</option>
          </NativeSelect>
        </Field>
      </Section>
      <AspectFields error={error} />
    </>
  );
}

function AspectFields({ error }: { error: Error | null }) {
  const t = useTranslations("projectForms.aspects");
  const { control } = useFormContext<ProjectFormValues>();
  const { fields, append, remove } = useFieldArray({ control, name: "question.aspects", keyName: "key" });
  const fault = faultOf(error, "taskSchema.questions.0.aspects");
  return (
    <Section
      title={t("title")}
      description={t("purpose")}
      actions={
        <Button
          size="sm"
          disabled={fields.length >= maxAspects}
          onClick={() => append({ id: "", name: "", definition: "" })}
        >
          <Plus aria-hidden />
          {t("add")}
        </Button>
      }
    >
      <ol className="grid gap-3">
        {fields.map((field, index) => (
          <li key={field.key} className="rounded-lg border p-4">
            <AspectField
              index={index}
              isNew={field.id === ""}
              error={error}
              onRemove={fields.length > 1 ? () => remove(index) : undefined}
            />
          </li>
        ))}
      </ol>
      {fault ? <p className="text-destructive">{fault}</p> : null}
    </Section>
  );
}

type AspectFieldProps = { index: number; isNew: boolean; error: Error | null; onRemove: (() => void) | undefined };

function AspectField({ index, isNew, error, onRemove }: AspectFieldProps) {
  const t = useTranslations("projectForms.aspects");
  const { register, setValue, getFieldState, formState } = useFormContext<ProjectFormValues>();
  const errors = formState.errors.question?.aspects?.[index];
  const path = `question.aspects.${index}` as const;
  const fault = (field: string) => faultOf(error, `taskSchema.questions.0.aspects.${index}.${field}`);
  return (
    <fieldset className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
      <legend className="sr-only">{t("aspect", { number: index + 1 })}</legend>
      <Field label={t("name")} required error={errors?.name?.message ?? fault("name")}>
        <Input
          maxLength={100}
          autoComplete="off"
          {...register(`${path}.name`, {
            required: t("nameRequired"),
            onChange: (event: { target: { value: string } }) => {
              if (isNew && !getFieldState(`${path}.id`).isTouched)
                setValue(`${path}.id`, slugFromName(event.target.value));
            },
          })}
        />
      </Field>
      <Field label={t("id")} required hint={t("idHint")} error={errors?.id?.message ?? fault("id")}>
        <Input
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-[0.8125rem]"
          {...register(`${path}.id`, {
            required: t("idRequired"),
            pattern: { value: /^[a-z0-9][a-z0-9_-]*$/, message: t("idPattern") },
            validate: (id, { question }) =>
              question!.aspects.filter((one) => one.id === id).length === 1 || t("idTaken"),
          })}
        />
      </Field>
      <Field label={t("definition")} className="sm:col-span-2" error={fault("definition")}>
        <Textarea rows={2} maxLength={2000} {...register(`${path}.definition`)} />
      </Field>
      {onRemove ? (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start text-muted-foreground sm:col-span-2"
          onClick={onRemove}
        >
          <Trash2 aria-hidden />
          {t("remove", { number: index + 1 })}
        </Button>
      ) : null}
    </fieldset>
  );
}
