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
import { Switch } from "@/app/_components/ui/switch";
import type { LearningSettings, NoiseTreatment } from "@/lib/reward/noise/schema";

type Kind = NoiseTreatment["kind"];

const kinds: readonly Kind[] = ["none", "smooth", "soft", "flip", "drop"];

type Values = {
  kind: Kind;
  share: string;
  certainty: string;
  adaptsMargins: boolean;
  isLearned: boolean;
  balancesDomains: boolean;
};

const fields = ["noise.share", "noise.certainty"];

/** How the next version weighs and corrects labels. */
export function LearningForm({ slug, settings }: { slug: string; settings: LearningSettings }) {
  const t = useTranslations("rewardModels");
  const [values, setValues] = useState(toValues(settings));
  const [saved, setSaved] = useState(settings);
  const save = useMutation({
    mutationFn: () =>
      api<LearningSettings>("PUT", `/api/v1/projects/${slug}/reward-models/learning`, fromValues(values)),
    onSuccess: (now) => {
      setSaved(now);
      toast.success(t("learning.saved"));
    },
  });
  const isSaved = JSON.stringify(toValues(saved)) === JSON.stringify(values);
  return (
    <Section title={t("learning.title")} description={t("learning.hint")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field label={t("learning.kind")} error={faultOf(save.error, "noise.kind")}>
            <NativeSelect
              value={values.kind}
              onChange={({ target }) => setValues({ ...values, kind: target.value as Kind })}
            >
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`learning.kinds.${kind}`)}
                </option>
              ))}
            </NativeSelect>
          </Field>
          <Parameter
            values={values}
            error={faultOf(save.error, "noise.share") ?? faultOf(save.error, "noise.certainty")}
            onChange={(changed) => setValues({ ...values, ...changed })}
          />
        </div>
        <Switch
          label={t("learning.margins")}
          hint={t("learning.marginsHint")}
          checked={values.adaptsMargins}
          onChange={({ target }) => setValues({ ...values, adaptsMargins: target.checked })}
        />
        <Switch
          label={t("learning.lmWeight")}
          hint={t("learning.lmWeightHint")}
          checked={values.isLearned}
          onChange={({ target }) => setValues({ ...values, isLearned: target.checked })}
        />
        <Switch
          label={t("learning.domains")}
          hint={t("learning.domainsHint")}
          checked={values.balancesDomains}
          onChange={({ target }) => setValues({ ...values, balancesDomains: target.checked })}
        />
        <FormAlert error={save.error} fields={fields} />
        <Button type="submit" pending={save.isPending} disabled={isSaved} className="justify-self-start">
          {t("learning.save")}
        </Button>
      </form>
    </Section>
  );
}

type ParameterProps = {
  values: Values;
  error: string | undefined;
  onChange: (changed: Partial<Values>) => void;
};

function Parameter({ values, error, onChange }: ParameterProps) {
  const t = useTranslations("rewardModels");
  if (values.kind === "smooth") {
    return (
      <Field label={t("learning.share")} hint={t("learning.shareHint")} error={error}>
        <Input inputMode="decimal" value={values.share} onChange={({ target }) => onChange({ share: target.value })} />
      </Field>
    );
  }
  if (values.kind === "flip" || values.kind === "drop") {
    return (
      <Field label={t("learning.certainty")} hint={t("learning.certaintyHint")} error={error}>
        <Input
          inputMode="decimal"
          value={values.certainty}
          onChange={({ target }) => onChange({ certainty: target.value })}
        />
      </Field>
    );
  }
  return null;
}

function toValues({ noise, adaptsMargins, lmWeight, balancesDomains }: LearningSettings): Values {
  return {
    kind: noise.kind,
    share: String("share" in noise ? noise.share : 0.1),
    certainty: String("certainty" in noise ? noise.certainty : 0.6),
    adaptsMargins,
    isLearned: lmWeight === "learned",
    balancesDomains,
  };
}

function fromValues({ kind, share, certainty, adaptsMargins, isLearned, balancesDomains }: Values): LearningSettings {
  return {
    noise: treatmentOf(kind, share, certainty),
    adaptsMargins,
    lmWeight: isLearned ? "learned" : "policy",
    balancesDomains,
  };
}

function treatmentOf(kind: Kind, share: string, certainty: string): NoiseTreatment {
  if (kind === "smooth") return { kind, share: Number(share) };
  if (kind === "flip" || kind === "drop") return { kind, certainty: Number(certainty) };
  return { kind };
}
