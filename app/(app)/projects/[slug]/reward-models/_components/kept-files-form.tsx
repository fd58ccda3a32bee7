"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import type { KeptFiles } from "@/lib/reward/schema";
import { modelsPath } from "./reward-paths";

type Values = Record<keyof KeptFiles, string>;

const isWhole = (text: string): boolean | string =>
  /^\s*\d*\s*$/.test(text) || "Give a whole number, or leave it empty.";

/** Which versions keep their files. */
export function KeptFilesForm({ slug, rule }: { slug: string; rule: KeptFiles }) {
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: toValues(rule) });
  const save = useMutation({
    mutationFn: (values: Values) => api<KeptFiles>("PUT", `${modelsPath(slug)}/kept-files`, fromValues(values)),
    onSuccess: (saved) => {
      reset(toValues(saved));
      toast.success("Rule saved");
    },
  });
  return (
    <Section
      title="Files of old versions"
      description="Without its file a version can neither score nor serve again; its figures stay. The active version keeps its file. Files are deleted once an hour."
    >
      <form
        noValidate
        onSubmit={handleSubmit((values) => save.mutate(values))}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field
            label="Keep so many of the newest"
            hint="Empty to keep all."
            error={formState.errors.newest?.message ?? faultOf(save.error, "newest")}
          >
            <Input inputMode="numeric" autoComplete="off" {...register("newest", { validate: isWhole })} />
          </Field>
          <Field
            label="And those that served within so many days"
            hint="Empty to keep none of the older ones."
            error={formState.errors.servedDays?.message ?? faultOf(save.error, "servedDays")}
          >
            <Input inputMode="numeric" autoComplete="off" {...register("servedDays", { validate: isWhole })} />
          </Field>
        </div>
        <FormAlert error={save.error} fields={["newest", "servedDays"]} />
        <Button type="submit" pending={save.isPending} disabled={!formState.isDirty} className="justify-self-start">
          Save rule
        </Button>
      </form>
    </Section>
  );
}

function toValues({ newest, servedDays }: KeptFiles): Values {
  return { newest: newest === null ? "" : String(newest), servedDays: servedDays === null ? "" : String(servedDays) };
}

function fromValues({ newest, servedDays }: Values): KeptFiles {
  const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));
  return { newest: numberOf(newest), servedDays: numberOf(servedDays) };
}
