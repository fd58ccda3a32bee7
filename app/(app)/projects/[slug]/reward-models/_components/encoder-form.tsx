"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import type { Translate } from "@/app/i18n/translate";
import type { EncoderInput, EncoderView, Pooling } from "@/lib/encoders/schema";

/** What stands for the choices that are no folders, which have plain names. */
const builtIn = "";
const byEndpoint = ":endpoint";

type Values = { choice: string; pooling: Pooling; baseUrl: string; model: string; apiKey: string };

const poolings: readonly Pooling[] = ["mean", "cls", "last"];

/** What the next version of the reward model reads texts with. */
export function EncoderForm({ slug, view }: { slug: string; view: EncoderView }) {
  const t = useTranslations("rewardModels");
  const [values, setValues] = useState(toValues(view));
  const [saved, setSaved] = useState(view);
  // Others can be saved again as they are: their files, or the model behind their name, may have changed.
  const isSaved = values.choice === builtIn && toValues(saved).choice === builtIn;
  const save = useMutation({
    mutationFn: () => api<EncoderView>("PUT", `/api/v1/projects/${slug}/reward-models/encoder`, fromValues(values)),
    onSuccess: (now) => {
      setSaved(now);
      setValues(toValues(now));
      toast.success(t("encoder.saved"));
    },
  });
  const change = (changed: Partial<Values>) => setValues({ ...values, ...changed });
  return (
    <Section title={t("encoder.title")} description={t("encoder.hint")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field label={t("encoder.model")} hint={hintOf(view, t)} error={faultOf(save.error, "model.folder")}>
            <NativeSelect value={values.choice} onChange={({ target }) => change({ choice: target.value })}>
              <option value={builtIn}>{t("encoder.builtIn")}</option>
              {choicesOf(view).map((name) => (
                <option key={name}>{name}</option>
              ))}
              <option value={byEndpoint}>{t("encoder.endpoint")}</option>
            </NativeSelect>
          </Field>
          {values.choice === byEndpoint ? (
            <EndpointFields values={values} change={change} saved={saved} error={save.error} />
          ) : values.choice === builtIn ? null : (
            <Field label={t("encoder.pooling")} hint={t("encoder.poolingHint")}>
              <NativeSelect
                value={values.pooling}
                onChange={({ target }) => change({ pooling: target.value as Pooling })}
              >
                {poolings.map((value) => (
                  <option key={value} value={value}>
                    {t(`encoder.poolings.${value}`)}
                  </option>
                ))}
              </NativeSelect>
            </Field>
          )}
        </div>
        <FormAlert error={save.error} fields={["model.folder", ...endpointFaults]} />
        <Button type="submit" pending={save.isPending} disabled={isSaved} className="justify-self-start">
          {t("encoder.save")}
        </Button>
      </form>
    </Section>
  );
}

const endpointFaults = ["endpoint.baseUrl", "endpoint.model", "endpoint.apiKey"] as const;

function EndpointFields(props: {
  values: Values;
  change: (changed: Partial<Values>) => void;
  saved: EncoderView;
  error: Error | null;
}) {
  const { values, change, saved, error } = props;
  const t = useTranslations("rewardModels");
  const hasKey = saved.hasKey && saved.encoder.endpoint?.baseUrl === values.baseUrl;
  return (
    <>
      <Field label={t("encoder.address")} hint={t("encoder.addressHint")} error={faultOf(error, "endpoint.baseUrl")}>
        <Input
          type="url"
          dir="ltr"
          autoComplete="off"
          placeholder="https://api.example.org/v1"
          value={values.baseUrl}
          onChange={({ target }) => change({ baseUrl: target.value })}
        />
      </Field>
      <Field label={t("encoder.modelName")} error={faultOf(error, "endpoint.model")}>
        <Input
          dir="ltr"
          autoComplete="off"
          value={values.model}
          onChange={({ target }) => change({ model: target.value })}
        />
      </Field>
      <Field
        label={t("encoder.apiKey")}
        hint={hasKey ? t("encoder.keyStored") : t("encoder.keyOptional")}
        error={faultOf(error, "endpoint.apiKey")}
      >
        <Input
          type="password"
          dir="ltr"
          autoComplete="new-password"
          value={values.apiKey}
          onChange={({ target }) => change({ apiKey: target.value })}
        />
      </Field>
    </>
  );
}

function hintOf({ encoder, folders }: EncoderView, t: Translate<"rewardModels">): string | undefined {
  if (encoder.model && !folders.includes(encoder.model.folder)) {
    return t("encoder.folderGone", { folder: encoder.model.folder });
  }
  return folders.length === 0 ? t("encoder.noFolders") : undefined;
}

/** What is chosen is shown although its folder is gone. */
function choicesOf({ encoder, folders }: EncoderView): string[] {
  return [...new Set([...(encoder.model ? [encoder.model.folder] : []), ...folders])].toSorted();
}

function toValues({ encoder: { model, endpoint } }: EncoderView): Values {
  return {
    choice: endpoint ? byEndpoint : (model?.folder ?? builtIn),
    pooling: model?.pooling ?? "mean",
    baseUrl: endpoint?.baseUrl ?? "",
    model: endpoint?.model ?? "",
    apiKey: "",
  };
}

function fromValues({ choice, pooling, baseUrl, model, apiKey }: Values): EncoderInput {
  if (choice === byEndpoint) return { endpoint: { baseUrl, model, ...(apiKey !== "" && { apiKey }) } };
  return { model: choice === builtIn ? null : { folder: choice, pooling } };
}
