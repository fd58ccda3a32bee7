"use client";

import { useFormContext, useWatch } from "react-hook-form";

import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { LmJudgeView } from "@/lib/judges/schema";
import type { JudgeValues } from "../judge-values";
import { faultIn, TextField } from "./judge-fields";
import { hintOf, presetOf, presets } from "./providers";

type ProviderFieldsProps = { judge: LmJudgeView | null; failure: Error | null };

/** Who answers: what it is called, where it is asked, and with which key. */
export function ProviderFields({ judge, failure }: ProviderFieldsProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <TextField
        {...{ name: "name", label: "Name", failure }}
        required
        hint="Its labels are shown under this name."
        input={{ maxLength: 100 }}
      />
      <ProviderField failure={failure} />
      <TextField
        {...{ name: "baseUrl", label: "Address", failure }}
        required
        hint="Up to /chat/completions, or /messages of Anthropic's. A private address, or one with plain http, must be allowed by an admin of the site."
        input={{ type: "url", placeholder: "https://api.example.org/v1" }}
      />
      <TextField {...{ name: "model", label: "Model", failure }} required hint="As the provider names it." />
      <KeyField judge={judge} failure={failure} />
    </div>
  );
}

const other = "other";

function ProviderField({ failure }: { failure: Error | null }) {
  const { control, setValue } = useFormContext<JudgeValues>();
  const [provider, baseUrl] = useWatch({ control, name: ["provider", "baseUrl"] });
  return (
    <Field label="Provider" error={faultIn(failure, "provider")} hint={hintOf({ provider, baseUrl })}>
      <NativeSelect
        value={presetOf({ provider, baseUrl })?.id ?? other}
        onChange={(event) => {
          const preset = presets.find(({ id }) => id === event.target.value);
          setValue("provider", preset?.provider ?? "openai-compatible");
          setValue("baseUrl", preset?.baseUrl ?? "");
        }}
      >
        {presets.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
        <option value={other}>Other, OpenAI-compatible</option>
      </NativeSelect>
    </Field>
  );
}

function KeyField({ judge, failure }: ProviderFieldsProps) {
  const { control, register } = useFormContext<JudgeValues>();
  const removesKey = useWatch({ control, name: "removeKey" });
  const hasKey = judge !== null && judge.keyHint !== null;
  const ending = judge?.keyHint ? `, ends in ${judge.keyHint}` : "";
  return (
    <div className="grid content-start gap-2 sm:col-span-2">
      <TextField
        {...{ name: "apiKey", label: "API key", failure }}
        hint={
          hasKey
            ? `One is stored${ending}. Leave this empty to keep it; it is never shown again.`
            : "Stored encrypted and never shown again. Leave it empty for servers that want none."
        }
        input={{ type: "password", autoComplete: "new-password", disabled: removesKey }}
      />
      {hasKey ? <Checkbox label="Remove the stored key" {...register("removeKey")} /> : null}
    </div>
  );
}
