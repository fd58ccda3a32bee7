"use client";

import { useTranslations } from "next-intl";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { PolicyInput } from "@/lib/routing/schema";
import type { RoutingSettings } from "@/lib/routing/settings/schema";

type ScheduleFormProps = { slug: string; settings: RoutingSettings; policy: PolicyInput | null };

/** Lets the policy of the form become the current one at a time, instead of now. */
export function ScheduleForm({ slug, settings, policy }: ScheduleFormProps) {
  const t = useTranslations("routing.schedule");
  const router = useRouter();
  const [at, setAt] = useState("");
  const schedule = useMutation({
    mutationFn: (scheduled: RoutingSettings["scheduled"]) =>
      api<RoutingSettings>("PUT", `/api/v1/projects/${slug}/routing/settings`, { ...settings, scheduled }),
    onSuccess: () => {
      toast.success(t("scheduled", { time: wordTime(at) }));
      router.refresh();
    },
  });
  return (
    <details className="[&[open]>summary]:mb-3">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">{t("summary")}</summary>
      <div className="grid grid-cols-1 gap-3">
        <Field label={t("time")} hint={t(settings.scheduled === null ? "hint" : "replaces")}>
          <Input type="datetime-local" className="max-w-60" value={at} onChange={({ target }) => setAt(target.value)} />
        </Field>
        {schedule.error ? <Alert tone="danger">{schedule.error.message}</Alert> : null}
        <Button
          className="h-auto min-h-8 justify-self-start py-1 whitespace-normal"
          disabled={at === "" || policy === null}
          pending={schedule.isPending}
          onClick={() => policy && schedule.mutate({ policy, at: `${at}:00Z` })}
        >
          {at === "" ? t("button") : t("buttonAt", { time: wordTime(at) })}
        </Button>
      </div>
    </details>
  );
}

/** "2026-11-30 08:00 UTC" of what the field holds. */
function wordTime(local: string): string {
  return `${local.replace("T", " ")} UTC`;
}
