"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { FormProvider, useForm, useFormContext, useWatch } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { Textarea } from "@/app/_components/ui/textarea";
import type { ComparisonQuestion, ProjectResponse, TaskSchema, UpdateProjectInput } from "@/lib/projects/schema";
import type { TemplateId } from "@/lib/projects/templates/schema";
import { slugFromName } from "@/lib/text/slug";
import { createProject } from "./create-project";
import { fairnessOf, isFair, withFairness, type Fairness } from "./fairness";
import { FairnessFields } from "./fairness-fields";
import { QuestionFields } from "./question-fields";
import { QuestionList } from "./question-list";

export type ProjectFormValues = {
  name: string;
  slug: string;
  description: string;
  overlap: number;
  leaseMinutes: number;
  /** Null where the task schema asks something else than one comparison; it then stays as it is. */
  question: ComparisonQuestion | null;
  reason: TaskSchema["reason"];
  guidelines: string;
  /** Whether the sample instances of the template are imported. */
  samples: boolean;
  /** The task schema as it was before. */
  schema: TaskSchema;
} & Fairness;

type Initial = {
  name: string;
  description: string;
  overlap: number;
  leaseSeconds: number;
  taskSchema: TaskSchema;
  guidelines: string;
};

const shownFaults = ["name", "slug", "description", "overlap", "leaseSeconds", "guidelines"];

type ProjectFormProps = {
  /** The slug of the project; null for a new one. */
  project: string | null;
  initial: Initial;
  /** What a new one begins with, under a slug that is free. */
  template?: { id: TemplateId; slug: string; samples: number };
};

/** The settings of a project: a new one's when `project` is null, else those of the project with that slug. */
export function ProjectForm({ project, initial, template }: ProjectFormProps) {
  const t = useTranslations("projectForms");
  const router = useRouter();
  const form = useForm<ProjectFormValues>({
    defaultValues: { ...valuesOf(initial), slug: project ?? template?.slug ?? "" },
  });
  const hasSamples = useWatch({ control: form.control, name: "samples" });
  const save = useMutation({
    mutationFn: (values: ProjectFormValues): Promise<ProjectResponse> =>
      project === null
        ? createProject({
            ...inputOf(values),
            slug: values.slug,
            ...(template && { template: template.id, samples: values.samples }),
          })
        : api<ProjectResponse>("PATCH", `/api/v1/projects/${project}`, inputOf(values) satisfies UpdateProjectInput),
    onSuccess: (saved) => {
      if (project === null)
        return router.push(template && hasSamples ? `/projects/${saved.slug}/label` : `/projects/${saved.slug}`);
      form.reset({ ...valuesOf(saved), slug: saved.slug });
      toast.success(t("saved"));
      router.refresh();
    },
  });

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit((values) => save.mutate(values))} className="grid gap-8">
        <BasicFields isNew={project === null} error={save.error} />
        {template ? <SampleField count={template.samples} /> : null}
        {comparisonAlone(initial.taskSchema) ? (
          <QuestionFields error={save.error} />
        ) : (
          <QuestionList slug={project} taskSchema={initial.taskSchema} />
        )}
        <FairnessFields />
        <PeopleFields error={save.error} />
        <Section title={t("guidelines.title")} description={t("guidelines.purpose")}>
          <Field label={t("guidelines.label")} error={faultOf(save.error, "guidelines")}>
            <Textarea
              rows={10}
              {...form.register("guidelines")}
              className="max-h-none min-h-56 font-mono text-[0.8125rem]"
            />
          </Field>
        </Section>
        <FormAlert error={save.error} fields={shownFaults} />
        <div className="flex items-center gap-3 border-t pt-4">
          <Button type="submit" variant="primary" pending={save.isPending}>
            {project === null ? t("create") : t("save")}
          </Button>
          {project !== null && form.formState.isDirty ? (
            <span className="text-muted-foreground">{t("unsaved")}</span>
          ) : null}
        </div>
      </form>
    </FormProvider>
  );
}

function SampleField({ count }: { count: number }) {
  const t = useTranslations("projectForms.samples");
  const { register } = useFormContext<ProjectFormValues>();
  return <Checkbox label={t("label", { count })} hint={t("hint")} {...register("samples")} />;
}

function BasicFields({ isNew, error }: { isNew: boolean; error: Error | null }) {
  const t = useTranslations("projectForms.basics");
  const { register, setValue, formState } = useFormContext<ProjectFormValues>();
  const { errors, dirtyFields } = formState;
  return (
    <Section title={t("title")}>
      <Field label={t("name")} required error={errors.name?.message ?? faultOf(error, "name")}>
        <Input
          autoFocus={isNew}
          maxLength={120}
          autoComplete="off"
          {...register("name", {
            required: t("nameRequired"),
            onChange: (event: { target: { value: string } }) => {
              if (isNew && !dirtyFields.slug) setValue("slug", slugFromName(event.target.value));
            },
          })}
        />
      </Field>
      <Field
        label={t("slug")}
        required={isNew}
        hint={isNew ? t("slugHint") : t("slugFixed")}
        error={errors.slug?.message ?? faultOf(error, "slug")}
      >
        <Input
          readOnly={!isNew}
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-[0.8125rem]"
          {...register("slug", {
            required: t("slugRequired"),
            pattern: {
              value: /^[a-z0-9][a-z0-9-]*$/,
              message: t("slugPattern"),
            },
          })}
        />
      </Field>
      <Field label={t("description")} hint={t("descriptionHint")} error={faultOf(error, "description")}>
        <Textarea rows={2} maxLength={2000} {...register("description")} />
      </Field>
    </Section>
  );
}

function PeopleFields({ error }: { error: Error | null }) {
  const t = useTranslations("projectForms.people");
  const { register, formState } = useFormContext<ProjectFormValues>();
  const { errors } = formState;
  const whole = (least: number, most: number, wrong: "overlapWrong" | "leaseWrong") => ({
    valueAsNumber: true,
    validate: (value: number) =>
      (Number.isInteger(value) && value >= least && value <= most) || t(wrong, { least, most }),
  });
  return (
    <Section title={t("title")}>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
        <Field
          label={t("overlap")}
          required
          hint={t("overlapHint")}
          error={errors.overlap?.message ?? faultOf(error, "overlap")}
        >
          <Input type="number" min={1} max={100} {...register("overlap", whole(1, 100, "overlapWrong"))} />
        </Field>
        <Field
          label={t("lease")}
          required
          hint={t("leaseHint")}
          error={errors.leaseMinutes?.message ?? faultOf(error, "leaseSeconds")}
        >
          <Input type="number" min={1} max={1440} {...register("leaseMinutes", whole(1, 1440, "leaseWrong"))} />
        </Field>
      </div>
    </Section>
  );
}

function valuesOf(from: Initial): Omit<ProjectFormValues, "slug"> {
  const { name, description, overlap, leaseSeconds, taskSchema, guidelines } = from;
  return {
    name,
    description,
    overlap,
    leaseMinutes: Math.round(leaseSeconds / 60),
    question: comparisonAlone(taskSchema),
    reason: taskSchema.reason,
    guidelines,
    samples: true,
    schema: taskSchema,
    ...fairnessOf(taskSchema),
  };
}

function inputOf(values: ProjectFormValues) {
  const { name, description, overlap, leaseMinutes, question, reason, guidelines, schema } = values;
  const fairness = { maskModelNames: values.maskModelNames, suggestions: values.suggestions };
  const columns = { name, description, overlap, leaseSeconds: 60 * leaseMinutes, guidelines };
  if (question !== null) {
    return { ...columns, taskSchema: withFairness({ ...schema, questions: [question], reason }, fairness) };
  }
  // Questions that the form does not know may have been changed elsewhere meanwhile.
  return isFair(schema, fairness) ? columns : { ...columns, taskSchema: withFairness(schema, fairness) };
}

/** The comparison of a task schema that asks and says nothing else: the form knows no other. */
function comparisonAlone({ questions, shows, reveal }: TaskSchema): ComparisonQuestion | null {
  const [first] = questions;
  const isAlone = questions.length === 1 && shows === undefined && reveal === undefined;
  if (!isAlone || first?.type !== "comparison") return null;
  const hasMore = first.degrees !== undefined || first.tie !== undefined || first.cannotTell;
  return hasMore || first.aspects.some(({ reasons }) => reasons !== undefined) ? null : first;
}
