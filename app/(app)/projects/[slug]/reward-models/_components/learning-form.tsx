"use client";

import { useMutation } from "@tanstack/react-query";
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

const kindWords: Record<Kind, string> = {
  none: "Learn from all labels as they are",
  smooth: "Believe no label wholly (smoothing)",
  soft: "Believe each as far as the votes do (soft labels)",
  flip: "Turn round those that are probably wrong",
  drop: "Leave out those that are probably wrong",
};

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
  const [values, setValues] = useState(toValues(settings));
  const [saved, setSaved] = useState(settings);
  const save = useMutation({
    mutationFn: () =>
      api<LearningSettings>("PUT", `/api/v1/projects/${slug}/reward-models/learning`, fromValues(values)),
    onSuccess: (now) => {
      setSaved(now);
      toast.success("Treatment of labels saved");
    },
  });
  const isSaved = JSON.stringify(toValues(saved)) === JSON.stringify(values);
  return (
    <Section
      title="Doubtful labels"
      description="What the next version does about labels that may be wrong, as told by models that did not learn from them. Stored labels never change, and those that validate and test stay as they were given."
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field label="Labels that may be wrong" error={faultOf(save.error, "noise.kind")}>
            <NativeSelect
              value={values.kind}
              onChange={({ target }) => setValues({ ...values, kind: target.value as Kind })}
            >
              {Object.entries(kindWords).map(([kind, words]) => (
                <option key={kind} value={kind}>
                  {words}
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
          label="Let rewards lead by as much as the votes are sure"
          hint="Adaptive margins: what the votes clearly prefer has to win clearly."
          checked={values.adaptsMargins}
          onChange={({ target }) => setValues({ ...values, adaptsMargins: target.checked })}
        />
        <Switch
          label="Learn what an AI’s vote counts"
          hint="Of 0.1, 0.25, 0.5 and 1 what predicts people’s validation labels best, where that is better than the weight that routing sets by more than chance. Needs 50 of them."
          checked={values.isLearned}
          onChange={({ target }) => setValues({ ...values, isLearned: target.checked })}
        />
        <Switch
          label="Let domains count alike"
          hint="Pairs weigh by the inverse of how many their domain has, within a factor of four."
          checked={values.balancesDomains}
          onChange={({ target }) => setValues({ ...values, balancesDomains: target.checked })}
        />
        <FormAlert error={save.error} fields={fields} />
        <Button type="submit" pending={save.isPending} disabled={isSaved} className="justify-self-start">
          Save treatment
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
  if (values.kind === "smooth") {
    return (
      <Field label="Every label is wrong with probability" hint="Above 0, at most 0.4." error={error}>
        <Input inputMode="decimal" value={values.share} onChange={({ target }) => onChange({ share: target.value })} />
      </Field>
    );
  }
  if (values.kind === "flip" || values.kind === "drop") {
    return (
      <Field label="When wrong with at least this probability" hint="0.5 to 1." error={error}>
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
