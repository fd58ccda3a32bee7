"use client";

import { useTranslations } from "next-intl";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import type { PolicyApplied, PolicyView, RollbackInput } from "@/lib/routing/schema";
import { wordApplied } from "./apply-words";

type GoBackButtonProps = { slug: string; view: PolicyView; current: number };

/** Makes the policy of an earlier version the current one, as a new version. */
export function GoBackButton({ slug, view: { version, sentence }, current }: GoBackButtonProps) {
  const t = useTranslations("routing.goBack");
  const tApply = useTranslations("routing.apply");
  const router = useRouter();
  const client = useQueryClient();
  async function goBack() {
    const input: RollbackInput = { version, basedOn: current };
    const applied = await api<PolicyApplied>("POST", `/api/v1/projects/${slug}/routing/rollback`, input);
    if (applied.result) toast.success(wordApplied(applied, tApply));
    await refreshList(client, `/api/v1/projects/${slug}/routing/policies`);
    router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button size="sm">{t("button", { version })}</Button>}
      title={t("title", { version })}
      description={t("description", { sentence, next: current + 1 })}
      confirmLabel={t("confirm")}
      onConfirm={goBack}
    />
  );
}
