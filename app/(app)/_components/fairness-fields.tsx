"use client";

import { useFormContext } from "react-hook-form";

import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import type { ProjectFormValues } from "./project-form";

/** What people know about who wrote a completion, and of what AI says about it. */
export function FairnessFields() {
  const { register } = useFormContext<ProjectFormValues>();
  return (
    <Section title="Fairness" description="What people know of a completion besides its text.">
      <Checkbox
        label="Hide the names of models in completions"
        hint="“I am Claude, made by Anthropic” is shown as “I am [name hidden], made by [name hidden]”."
        {...register("maskModelNames")}
      />
      <Field
        label="AI suggestions"
        hint="The newest answer of a judge, a reward model or an imported tool. Labels record what was suggested and whether it was taken: they do not say what people find by themselves, and the agreement with judges leaves them out."
      >
        <NativeSelect className="sm:max-w-xs" {...register("suggestions")}>
          <option value="off">Not shown</option>
          <option value="shown">Shown beside the question</option>
          <option value="prefilled">Filled in to begin with</option>
        </NativeSelect>
      </Field>
    </Section>
  );
}
