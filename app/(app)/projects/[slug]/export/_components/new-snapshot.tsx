"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { CreateSnapshotInput, SnapshotResponse, SnapshotSource } from "@/lib/datasets/schema";
import type { SourceCount } from "./snapshots";

type Values = { name: string; split: "all" | "train" | "test" };

type NewSnapshotProps = { slug: string; sources: SourceCount[]; onCreated: () => void };

/** Asks for a snapshot of the labels from chosen sources. */
export function NewSnapshot({ slug, sources, onCreated }: NewSnapshotProps) {
  const t = useTranslations("datasets.export.new");
  const { number } = useNumbers();
  const filled = sources.filter(({ labels }) => labels > 0);
  const preset = filled.some(({ source }) => source === "human")
    ? ["human" as const]
    : filled.slice(0, 1).map(({ source }) => source);
  const [chosen, setChosen] = useState<SnapshotSource[]>(preset);
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: { name: "", split: "all" } });
  const create = useMutation({
    mutationFn: ({ name, split }: Values) =>
      api<SnapshotResponse>("POST", `/api/v1/projects/${slug}/snapshots`, {
        name,
        filter: { sources: chosen, split },
      } satisfies CreateSnapshotInput),
    onSuccess: () => {
      reset();
      onCreated();
    },
  });
  const isChosen = chosen.length > 0;
  if (filled.length === 0) {
    return (
      <Alert tone="info" title={t("noLabels")}>
        {t("noLabelsText")}
      </Alert>
    );
  }
  return (
    <Section title={t("title")} description={t("description")}>
      <form
        noValidate
        onSubmit={handleSubmit((values) => create.mutate(values))}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field label={t("name")} required error={formState.errors.name?.message ?? faultOf(create.error, "name")}>
            <Input
              maxLength={100}
              autoComplete="off"
              {...register("name", { validate: (name) => name.trim() !== "" || t("nameMissing") })}
            />
          </Field>
          <Field label={t("split")} hint={t("splitHint")}>
            <NativeSelect {...register("split")}>
              <option value="all">{t("splits.all")}</option>
              <option value="train">{t("splits.train")}</option>
              <option value="test">{t("splits.test")}</option>
            </NativeSelect>
          </Field>
        </div>
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-[0.8125rem] font-medium">{t("labelsFrom")}</legend>
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {filled.map(({ source, label, labels }) => (
              <Checkbox
                key={source}
                checked={chosen.includes(source)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, source] : chosen.filter((one) => one !== source))
                }
                label={
                  <>
                    {label} <span className="text-muted-foreground tabular-nums">{number(labels)}</span>
                  </>
                }
              />
            ))}
          </div>
          {isChosen ? null : (
            <p role="alert" className="text-[0.8125rem] text-destructive">
              {t("chooseSource")}
            </p>
          )}
        </fieldset>
        <FormAlert error={create.error} fields={["name"]} />
        <Button
          type="submit"
          variant="primary"
          disabled={!isChosen}
          pending={create.isPending}
          className="justify-self-start"
        >
          {t("make")}
        </Button>
      </form>
    </Section>
  );
}
