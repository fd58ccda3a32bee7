"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useForm, useWatch, type UseFormRegister } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { refreshList } from "@/app/_components/list-query";
import { Button } from "@/app/_components/ui/button";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Textarea } from "@/app/_components/ui/textarea";
import type { JudgeTrial, JudgeView, LmJudgeView } from "@/lib/judges/schema";
import { configOf, type JudgeValues, valuesOf } from "./judge-values";
import { reportKey } from "./report-query";
import { Trial } from "./trial";

const path = (field: string) => (field === "name" || field === "apiKey" ? field : `config.${field}`);
const fields = [
  ...["name", "apiKey", "baseUrl", "model", "rubric", "temperature", "maxOutputTokens"],
  ...["inputPriceMicros", "outputPriceMicros", "timeoutSeconds", "concurrency"],
].map(path);

type JudgeFormProps = {
  slug: string;
  /** Null for a new one. */
  judge: LmJudgeView | null;
  rubric: string;
};

/** A judge's settings, to be tried on an instance and saved. */
export function JudgeForm({ slug, judge, rubric }: JudgeFormProps) {
  const router = useRouter();
  const client = useQueryClient();
  const { register, handleSubmit, control } = useForm<JudgeValues>({ defaultValues: valuesOf(judge, rubric) });
  const removesKey = useWatch({ control, name: "removeKey" });
  const save = useMutation({
    mutationFn: (values: JudgeValues) => {
      const { name } = values;
      const body = { name, config: configOf(values, judge), ...keyOf(values) };
      return judge
        ? api<JudgeView>("PATCH", `/api/v1/projects/${slug}/judges/${judge.id}`, body)
        : api<JudgeView>("POST", `/api/v1/projects/${slug}/judges`, body);
    },
    onSuccess: async ({ id, name, version }) => {
      toast.success(
        judge ? `${name} is saved as version ${version}.` : `${name} is added and begins with what is routed to AI.`,
      );
      await refreshList(client, `/api/v1/projects/${slug}/judges`);
      await client.invalidateQueries({ queryKey: reportKey(slug, id) });
      router.push(`/projects/${slug}/judges/${id}`);
      router.refresh();
    },
  });
  const attempt = useMutation({
    mutationFn: (values: JudgeValues) =>
      api<JudgeTrial>("POST", `/api/v1/projects/${slug}/judges/try`, {
        config: configOf(values, judge),
        ...(values.apiKey !== "" && { apiKey: values.apiKey }),
        ...(judge && !values.removeKey && { judgeId: judge.id }),
      }),
  });
  const failure = save.error ?? attempt.error;
  const fault = (field: string) => faultOf(failure, path(field));
  return (
    <form
      noValidate
      onSubmit={handleSubmit((values) => {
        attempt.reset();
        save.mutate(values);
      })}
      className="grid grid-cols-1 gap-6"
    >
      <Identity register={register} fault={fault} judge={judge} removesKey={removesKey} />
      <Field
        label="Rubric"
        required
        error={fault("rubric")}
        hint="What makes a completion better. It becomes part of the judge's instructions; the definition of the aspect is added to every question."
      >
        <Textarea rows={7} {...register("rubric")} />
      </Field>
      <Limits register={register} fault={fault} />
      <FormAlert error={failure} fields={fields} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={save.isPending}>
          {judge ? "Save judge" : "Add judge"}
        </Button>
        <Button
          pending={attempt.isPending}
          onClick={handleSubmit((values) => {
            save.reset();
            attempt.mutate(values);
          })}
        >
          Try on one instance
        </Button>
        <Button asChild variant="ghost">
          <Link href={judge ? `/projects/${slug}/judges/${judge.id}` : `/projects/${slug}/judges`}>Cancel</Link>
        </Button>
      </div>
      {attempt.data ? <Trial slug={slug} trial={attempt.data} /> : null}
    </form>
  );
}

function keyOf({ apiKey, removeKey }: JudgeValues): { apiKey?: string | null } {
  if (apiKey !== "") return { apiKey };
  return removeKey ? { apiKey: null } : {};
}

type PartProps = { register: UseFormRegister<JudgeValues>; fault: (field: string) => string | undefined };

function Identity({
  register,
  fault,
  judge,
  removesKey,
}: PartProps & { judge: LmJudgeView | null; removesKey: boolean }) {
  const hasKey = judge !== null && judge.keyHint !== null;
  const ending = judge?.keyHint ? `, ends in ${judge.keyHint}` : "";
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label="Name" required error={fault("name")} hint="Its labels are shown under this name.">
        <Input autoComplete="off" maxLength={100} {...register("name")} />
      </Field>
      <Field label="Model" required error={fault("model")} hint="As the provider names it.">
        <Input autoComplete="off" {...register("model")} />
      </Field>
      <Field
        label="Address"
        required
        error={fault("baseUrl")}
        hint="Up to /chat/completions. A private address, or one with plain http, must be allowed by an admin of the site."
      >
        <Input type="url" autoComplete="off" placeholder="https://api.example.org/v1" {...register("baseUrl")} />
      </Field>
      <div className="grid gap-2">
        <Field
          label="API key"
          error={fault("apiKey")}
          hint={
            hasKey
              ? `One is stored${ending}. Leave this empty to keep it; it is never shown again.`
              : "Stored encrypted and never shown again. Leave it empty for servers that want none."
          }
        >
          <Input type="password" autoComplete="new-password" disabled={removesKey} {...register("apiKey")} />
        </Field>
        {hasKey ? <Checkbox label="Remove the stored key" {...register("removeKey")} /> : null}
      </div>
    </div>
  );
}

function Limits({ register, fault }: PartProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <Field
        label="Price of a million input tokens"
        error={fault("inputPriceMicros")}
        hint="In your currency. Empty counts as free."
      >
        <Input inputMode="decimal" autoComplete="off" placeholder="0.15" {...register("inputPrice")} />
      </Field>
      <Field label="Price of a million output tokens" error={fault("outputPriceMicros")}>
        <Input inputMode="decimal" autoComplete="off" placeholder="0.60" {...register("outputPrice")} />
      </Field>
      <Field label="Temperature" error={fault("temperature")} hint="0 to 2. Empty leaves it to the provider.">
        <Input inputMode="decimal" autoComplete="off" {...register("temperature")} />
      </Field>
      <Field label="Longest answer, tokens" error={fault("maxOutputTokens")} hint="More for models that reason.">
        <Input inputMode="numeric" autoComplete="off" {...register("maxOutputTokens")} />
      </Field>
      <Field label="Time limit, seconds" error={fault("timeoutSeconds")} hint="Of one request.">
        <Input inputMode="numeric" autoComplete="off" {...register("timeoutSeconds")} />
      </Field>
      <Field label="Requests at once" error={fault("concurrency")} hint="1 to 64.">
        <Input inputMode="numeric" autoComplete="off" {...register("concurrency")} />
      </Field>
    </div>
  );
}
