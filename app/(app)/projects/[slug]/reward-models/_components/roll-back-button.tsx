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
import type { PreviousModel, RewardModelView, RollBackInput } from "@/lib/reward/schema";
import { modelsPath } from "./reward-paths";

/** Lets the version that served before serve again, for a reason. */
export function RollBackButton({ slug, previous }: { slug: string; previous: PreviousModel }) {
  const [reason, setReason] = useState("");
  const router = useRouter();
  const queries = useQueryClient();
  async function rollBack() {
    if (reason.trim() === "") throw new Error("Give the reason why the active version is not to serve any more.");
    const input: RollBackInput = { reason: reason.trim() };
    const model = await api<RewardModelView>("POST", `${modelsPath(slug)}/rollback`, input);
    toast.success(`Version ${model.version} serves again`);
    setReason("");
    await refreshList(queries, modelsPath(slug));
    router.refresh();
  }
  return (
    <ConfirmDialog
      trigger={<Button size="sm">Roll back to version {previous.version}</Button>}
      title={`Roll back to version ${previous.version}?`}
      confirmLabel="Roll back"
      onConfirm={rollBack}
      description={
        <div className="grid gap-3">
          <p>It served before this one. It serves again, and every completion is scored again by it.</p>
          <Field label="Reason" required hint="Kept in the audit log.">
            <Input maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
          </Field>
        </div>
      }
    />
  );
}
