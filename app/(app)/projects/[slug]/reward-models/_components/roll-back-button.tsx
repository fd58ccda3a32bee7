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
import type { PreviousModel, RewardModelView, RollBackInput } from "@/lib/reward/schema";
import { modelsPath } from "./reward-paths";

/** Lets the version that served before serve again, for a reason. */
export function RollBackButton({ slug, previous }: { slug: string; previous: PreviousModel }) {
  const t = useTranslations("rewardModels");
  const [reason, setReason] = useState("");
  const router = useRouter();
  const queries = useQueryClient();
  async function rollBack() {
    if (reason.trim() === "") throw new Error(t("rollBack.reasonNeeded"));
    const input: RollBackInput = { reason: reason.trim() };
    const model = await api<RewardModelView>("POST", `${modelsPath(slug)}/rollback`, input);
    toast.success(t("rollBack.done", { version: model.version }));
    setReason("");
    await refreshList(queries, modelsPath(slug));
    router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{t("rollBack.trigger", { version: previous.version })}</Button>}
      title={t("rollBack.title", { version: previous.version })}
      confirmLabel={t("rollBack.confirm")}
      onConfirm={rollBack}
      description={
        <div className="grid gap-3">
          <p>{t("rollBack.hint")}</p>
          <Field label={t("words.reason")} required hint={t("words.reasonHint")}>
            <Input maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
          </Field>
        </div>
      }
    />
  );
}
