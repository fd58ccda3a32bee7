"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Switch } from "@/app/_components/ui/switch";
import type { JudgeView } from "@/lib/judges/schema";
import { reportKey } from "./report-query";

/** Whether a judge labels what is routed to AI; takes effect at once. */
export function JudgeSwitch({ slug, judge }: { slug: string; judge: JudgeView }) {
  const t = useTranslations("judges.switch");
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (isEnabled: boolean) =>
      api<JudgeView>("PATCH", `/api/v1/projects/${slug}/judges/${judge.id}`, { isEnabled }),
    onSuccess: ({ name, isEnabled }) => {
      toast.success(t(isEnabled ? "isOn" : "isOff", { name }));
    },
    onError: (error) => toast.error(error.message),
    onSettled: async () => {
      await refreshList(client, `/api/v1/projects/${slug}/judges`);
      await client.invalidateQueries({ queryKey: reportKey(slug, judge.id) });
    },
  });
  return (
    <Switch
      aria-label={t("label", { name: judge.name })}
      checked={change.isPending ? change.variables : judge.isEnabled}
      disabled={change.isPending}
      onChange={(event) => change.mutate(event.target.checked)}
    />
  );
}
