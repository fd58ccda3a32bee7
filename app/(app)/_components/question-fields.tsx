"use client";

import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";

import { faultOf } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Textarea } from "@/app/_components/ui/textarea";
import { slugFromName } from "@/lib/text/slug";
import type { ProjectFormValues } from "./project-form";

const maxAspects = 8;

/** The answers each scale offers, from the first completion to the second. */
const scales = [
  { points: 2, answers: ["A", "B"] },
  { points: 3, answers: ["A", "Tie", "B"] },
  { points: 5, answers: ["A much better", "A better", "Tie", "B better", "B much better"] },
  {
    points: 7,
    answers: [
      "A much better",
      "A better",
      "A slightly better",
      "Tie",
      "B slightly better",
      "B better",
      "B much better",
    ],
  },
  { points: 9, answers: ["A 4", "A 3", "A 2", "A 1", "Tie", "B 1", "B 2", "B 3", "B 4"] },
] as const;

/** The question of a project: on which scale, about which aspects, and what else can be said. */
export function QuestionFields({ error }: { error: Error | null }) {
  const { register } = useFormContext<ProjectFormValues>();
  const scale = useWatch<ProjectFormValues, "question.scale">({ name: "question.scale" });
  const chosen = scales.find(({ points }) => points === Number(scale));
  return (
    <>
      <Section
        title="Question"
        description="Two completions of one prompt are shown side by side, and one is preferred."
      >
        <Field label="Scale">
          <NativeSelect className="sm:max-w-xs" {...register("question.scale", { setValueAs: Number })}>
            {scales.map(({ points }) => (
              <option key={points} value={points}>
                {points} points{points === 2 ? ", no tie" : ""}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <ol aria-label="Answers it offers" className="flex flex-wrap gap-1.5">
          {chosen?.answers.map((answer) => (
            <li key={answer} className="rounded-md border px-2 py-1 text-[0.8125rem] text-muted-foreground">
              {answer}
            </li>
          ))}
        </ol>
        <Checkbox
          label="Offer “both bad” beside the tie"
          hint="For pairs of which neither is acceptable. Exports leave them out and count them."
          {...register("question.bothBad")}
        />
        <Field label="Written reason">
          <NativeSelect className="sm:max-w-xs" {...register("reason")}>
            <option value="off">Not asked for</option>
            <option value="optional">Optional</option>
            <option value="required">Required</option>
          </NativeSelect>
        </Field>
      </Section>
      <AspectFields error={error} />
    </>
  );
}

function AspectFields({ error }: { error: Error | null }) {
  const { control } = useFormContext<ProjectFormValues>();
  const { fields, append, remove } = useFieldArray({ control, name: "question.aspects", keyName: "key" });
  const fault = faultOf(error, "taskSchema.questions.0.aspects");
  return (
    <Section
      title="Aspects"
      description="The comparison is asked once for each. One is enough for most projects."
      actions={
        <Button
          size="sm"
          disabled={fields.length >= maxAspects}
          onClick={() => append({ id: "", name: "", definition: "" })}
        >
          <Plus aria-hidden />
          Add aspect
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
  const { register, setValue, getFieldState, formState } = useFormContext<ProjectFormValues>();
  const errors = formState.errors.question?.aspects?.[index];
  const path = `question.aspects.${index}` as const;
  const fault = (field: string) => faultOf(error, `taskSchema.questions.0.aspects.${index}.${field}`);
  return (
    <fieldset className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2">
      <legend className="sr-only">Aspect {index + 1}</legend>
      <Field label="Name" required error={errors?.name?.message ?? fault("name")}>
        <Input
          maxLength={100}
          autoComplete="off"
          {...register(`${path}.name`, {
            required: "Give the aspect a name.",
            onChange: (event: { target: { value: string } }) => {
              if (isNew && !getFieldState(`${path}.id`).isTouched)
                setValue(`${path}.id`, slugFromName(event.target.value));
            },
          })}
        />
      </Field>
      <Field label="Id" required hint="Stands in every label and export." error={errors?.id?.message ?? fault("id")}>
        <Input
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-[0.8125rem]"
          {...register(`${path}.id`, {
            required: "Give the aspect an id.",
            pattern: { value: /^[a-z0-9][a-z0-9_-]*$/, message: "Use small letters, digits, hyphens and underscores." },
            validate: (id, { question }) =>
              question!.aspects.filter((one) => one.id === id).length === 1 || "Another aspect has this id.",
          })}
        />
      </Field>
      <Field label="What annotators are asked" className="sm:col-span-2" error={fault("definition")}>
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
          Remove aspect {index + 1}
        </Button>
      ) : null}
    </fieldset>
  );
}
