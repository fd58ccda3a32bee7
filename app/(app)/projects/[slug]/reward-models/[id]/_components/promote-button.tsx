"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { PromoteInput, RewardModelView } from "@/lib/reward/schema";
import { modelsPath } from "../../_components/reward-paths";

type PromoteButtonProps = {
  slug: string;
  /** `isPassed` tells whether the gate let it pass. */
  model: Pick<RewardModelView, "id" | "version" | "promotedAt"> & { isPassed: boolean };
};

/** Lets a version serve. One that the gate held back and that never served needs a reason. */
export function PromoteButton({ slug, model }: PromoteButtonProps) {
  const t = useTranslations("rewardModels");
  const [reason, setReason] = useState("");
  const router = useRouter();
  const queries = useQueryClient();
  const needsReason = !model.isPassed && model.promotedAt === null;
  async function promote() {
    if (needsReason && reason.trim() === "") throw new Error(t("promote.reasonNeeded"));
    const input: PromoteInput = reason.trim() === "" ? {} : { reason: reason.trim() };
    await api<RewardModelView>("POST", `${modelsPath(slug)}/${model.id}/promote`, input);
    toast.success(t("promote.done", { version: model.version }));
    await refreshList(queries, modelsPath(slug));
    router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="primary">{t("promote.trigger", { version: model.version })}</Button>}
      title={t("promote.title", { version: model.version })}
      confirmLabel={t("promote.confirm")}
      onConfirm={promote}
      description={
        <div className="grid gap-3">
          <p>{t("promote.hint")}</p>
          <Field label={t("words.reason")} required={needsReason} hint={t("words.reasonHint")}>
            <Input maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
          </Field>
        </div>
      }
    />
  );
}
