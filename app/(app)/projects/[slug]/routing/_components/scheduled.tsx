"use client";

import { useTranslations } from "next-intl";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { passFocus } from "@/app/_components/ui/pass-focus";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { RoutingSettings } from "@/lib/routing/settings/schema";

type ScheduledProps = { slug: string; settings: RoutingSettings; canManage: boolean };

/** The policy that will apply by itself, with the means to stop it. */
export function Scheduled({ slug, settings, canManage }: ScheduledProps) {
  const t = useTranslations("routing.scheduled");
  const kind = useTranslations("routing.kinds");
  const { number } = useNumbers();
  const router = useRouter();
  const cancel = useMutation({
    mutationFn: () =>
      api<RoutingSettings>("PUT", `/api/v1/projects/${slug}/routing/settings`, { ...settings, scheduled: null }),
    onSuccess: () => {
      toast.success(t("stays"));
      router.refresh();
    },
    onError: (error) => toast.error(error.message),
  });
  if (settings.scheduled === null) return null;
  const { policy, at } = settings.scheduled;
  const facts = { kind: kind(`${policy.kind}.label`), time: `${at.slice(0, 16).replace("T", " ")} UTC` };
  return (
    <Alert tone="info" title={t.rich("title", { time: () => <RelativeTime value={at} /> })}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          {"humanShare" in policy
            ? t("whatWithShare", { ...facts, share: `${number(100 * policy.humanShare, 1)}\u202f%` })
            : t("what", facts)}
        </span>
        {canManage ? (
          <Button ref={passFocus} size="sm" pending={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("cancel")}
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}
