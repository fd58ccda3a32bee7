"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import type { EncoderInput, EncoderView, Pooling } from "@/lib/encoders/schema";

/** The folder is empty for the built-in encoder. */
type Values = { folder: string; pooling: Pooling };

const poolingWords: Record<Pooling, string> = {
  mean: "Mean of all tokens",
  cls: "First token",
  last: "Last token",
};

/** What the next version of the reward model reads texts with. */
export function EncoderForm({ slug, view }: { slug: string; view: EncoderView }) {
  const [values, setValues] = useState(toValues(view));
  const [savedFolder, setSavedFolder] = useState(values.folder);
  // A language model can be saved again as it is: its files may have changed.
  const isSaved = values.folder === "" && savedFolder === "";
  const save = useMutation({
    mutationFn: () => api<EncoderView>("PUT", `/api/v1/projects/${slug}/reward-models/encoder`, fromValues(values)),
    onSuccess: (now) => {
      setSavedFolder(toValues(now).folder);
      toast.success("Encoder saved");
    },
  });
  return (
    <Section
      title="Encoder"
      description="What makes numbers of a text, from which the model learns. The next version is trained with it; older versions keep their own."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field label="Model" hint={hintOf(view)} error={faultOf(save.error, "model.folder")}>
            <NativeSelect
              value={values.folder}
              onChange={({ target }) => setValues({ ...values, folder: target.value })}
            >
              <option value="">Built in: words and letters</option>
              {choicesOf(view).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </NativeSelect>
          </Field>
          {values.folder === "" ? null : (
            <Field
              label="Pooling"
              hint="Which of the model's vectors stand for the text. Its description says which it was trained for."
            >
              <NativeSelect
                value={values.pooling}
                onChange={({ target }) => setValues({ ...values, pooling: target.value as Pooling })}
              >
                {Object.entries(poolingWords).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </NativeSelect>
            </Field>
          )}
        </div>
        <FormAlert error={save.error} fields={["model.folder"]} />
        <Button type="submit" pending={save.isPending} disabled={isSaved} className="justify-self-start">
          Save encoder
        </Button>
      </form>
    </Section>
  );
}

function hintOf({ encoder, folders }: EncoderView): string | undefined {
  if (encoder.model && !folders.includes(encoder.model.folder)) {
    return `${encoder.model.folder} is not in the models folder any more, and no training can use it.`;
  }
  return folders.length === 0 ? "Your operator can offer language models; see docs/encoders.md." : undefined;
}

/** What is chosen is shown although its folder is gone. */
function choicesOf({ encoder, folders }: EncoderView): string[] {
  return [...new Set([...(encoder.model ? [encoder.model.folder] : []), ...folders])].toSorted();
}

function toValues({ encoder }: EncoderView): Values {
  return { folder: encoder.model?.folder ?? "", pooling: encoder.model?.pooling ?? "mean" };
}

function fromValues({ folder, pooling }: Values): EncoderInput {
  return { model: folder === "" ? null : { folder, pooling } };
}
