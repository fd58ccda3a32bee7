"use client";

import { useQueryClient } from "@tanstack/react-query";
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
  const [reason, setReason] = useState("");
  const router = useRouter();
  const queries = useQueryClient();
  const needsReason = !model.isPassed && model.promotedAt === null;
  async function promote() {
    if (needsReason && reason.trim() === "")
      throw new Error("Give the reason why it is to serve although the gate held it back.");
    const input: PromoteInput = reason.trim() === "" ? {} : { reason: reason.trim() };
    await api<RewardModelView>("POST", `${modelsPath(slug)}/${model.id}/promote`, input);
    toast.success(`Version ${model.version} serves now`);
    await refreshList(queries, modelsPath(slug));
    router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="primary">Promote version {model.version}</Button>}
      title={`Promote version ${model.version}?`}
      confirmLabel="Promote version"
      onConfirm={promote}
      description={
        <div className="grid gap-3">
          <p>
            It serves from then on, and every completion is scored again by it. Another version can be promoted at any
            time.
          </p>
          <Field label="Reason" required={needsReason} hint="Kept in the audit log.">
            <Input maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
          </Field>
        </div>
      }
    />
  );
}
