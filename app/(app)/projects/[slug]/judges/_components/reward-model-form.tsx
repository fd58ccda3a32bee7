"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { refreshList } from "@/app/_components/list-query";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { JudgeView, RmJudgeView } from "@/lib/judges/schema";
import { reportKey } from "./report-query";

type Values = { name: string; tieBelowPercent: string };

type RewardModelFormProps = {
  slug: string;
  /** Null for a new one. */
  judge: RmJudgeView | null;
  defaultTieBelow: number;
};

/** The settings of a judge that is the project's reward model. */
export function RewardModelForm({ slug, judge, defaultTieBelow }: RewardModelFormProps) {
  const t = useTranslations("judges");
  const router = useRouter();
  const client = useQueryClient();
  const { register, handleSubmit } = useForm<Values>({
    defaultValues: {
      name: judge?.name ?? t("editor.rewardModel"),
      tieBelowPercent: String(Math.round(1000 * (judge?.config.tieBelow ?? defaultTieBelow)) / 10),
    },
  });
  const save = useMutation({
    mutationFn: ({ name, tieBelowPercent }: Values) => {
      const body = { name, tieBelow: tieBelowPercent.trim() === "" ? null : Number(tieBelowPercent) / 100 };
      return judge
        ? api<JudgeView>("PATCH", `/api/v1/projects/${slug}/judges/${judge.id}`, body)
        : api<JudgeView>("POST", `/api/v1/projects/${slug}/judges`, { kind: "rm", ...body });
    },
    onSuccess: async ({ id, name, version }) => {
      toast.success(judge ? t("common.saved", { name, version }) : t("editor.addedModel", { name }));
      await refreshList(client, `/api/v1/projects/${slug}/judges`);
      await client.invalidateQueries({ queryKey: reportKey(slug, id) });
      router.push(`/projects/${slug}/judges/${id}`);
      router.refresh();
    },
  });
  return (
    <form noValidate onSubmit={handleSubmit((values) => save.mutate(values))} className="grid grid-cols-1 gap-6">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label={t("common.name")} required error={faultOf(save.error, "name")} hint={t("common.nameHint")}>
          <Input autoComplete="off" maxLength={100} {...register("name")} />
        </Field>
        <Field
          label={t("editor.tieBelow")}
          required
          error={faultOf(save.error, "tieBelow")}
          hint={t("editor.tieBelowHint")}
        >
          <Input inputMode="decimal" autoComplete="off" {...register("tieBelowPercent")} />
        </Field>
      </div>
      <FormAlert error={save.error} fields={["name", "tieBelow"]} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={save.isPending}>
          {t(judge ? "common.save" : "common.add")}
        </Button>
        <Button asChild variant="ghost">
          <Link href={judge ? `/projects/${slug}/judges/${judge.id}` : `/projects/${slug}/judges`}>
            {t("common.cancel")}
          </Link>
        </Button>
      </div>
    </form>
  );
}
