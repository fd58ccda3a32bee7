"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { RelativeTime } from "@/app/_components/ui/time";
import type { RoutingSettings } from "@/lib/routing/settings/schema";
import { kindLooks } from "./policy-kinds";

type ScheduledProps = { slug: string; settings: RoutingSettings; canManage: boolean };

/** The policy that will apply by itself, with the means to stop it. */
export function Scheduled({ slug, settings, canManage }: ScheduledProps) {
  const router = useRouter();
  const cancel = useMutation({
    mutationFn: () =>
      api<RoutingSettings>("PUT", `/api/v1/projects/${slug}/routing/settings`, { ...settings, scheduled: null }),
    onSuccess: () => {
      toast.success("The current policy stays");
      router.refresh();
    },
    onError: (error) => toast.error(error.message),
  });
  if (settings.scheduled === null) return null;
  const { policy, at } = settings.scheduled;
  const share = "humanShare" in policy ? `, ${Number((100 * policy.humanShare).toFixed(1))}\u202f% to people` : "";
  return (
    <Alert
      tone="info"
      title={
        <>
          Another policy applies <RelativeTime value={at} />
        </>
      }
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          {kindLooks[policy.kind].label}
          {share}, at {at.slice(0, 16).replace("T", " ")} UTC. It routes what is open then.
        </span>
        {canManage ? (
          <Button size="sm" pending={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel it
          </Button>
        ) : null}
      </div>
    </Alert>
  );
}
