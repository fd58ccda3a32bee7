"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { api } from "@/app/_components/api-client";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { passFocus } from "@/app/_components/ui/pass-focus";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InstanceResponse } from "@/lib/instances/schema";

type FlagsProps = { slug: string; instance: Pick<InstanceResponse, "id" | "assignments">; canResolve: boolean };

/** What annotators found wrong with an instance, until a researcher has dealt with it. */
export function Flags({ slug, instance: { id, assignments }, canResolve }: FlagsProps) {
  const t = useTranslations("instances.flags");
  const router = useRouter();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (assignmentId: string) =>
      api("DELETE", `/api/v1/projects/${slug}/instances/${id}/flags/${assignmentId}`),
    onSuccess: () => router.refresh(),
    onError: (error) => void toast.error(error.message),
  });
  const flagged = assignments.flatMap(({ flag, ...assignment }) =>
    flag && flag.resolvedAt === null ? [{ ...assignment, flag }] : [],
  );
  if (flagged.length === 0) return null;
  return (
    <Alert tone="warning" title={flagged.length === 1 ? t("one") : t("by", { count: flagged.length })}>
      <ul className="grid gap-2">
        {flagged.map(({ id: assignmentId, annotatorEmail, flag }) => (
          <li key={assignmentId} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
            <span className="min-w-0">
              <span className="block text-[0.8125rem]">
                {annotatorEmail ?? t("anAnnotator")} <RelativeTime value={flag.at} />
              </span>
              <span dir="auto" className="block max-w-[80ch] whitespace-pre-line [overflow-wrap:anywhere]">
                {flag.note === "" ? t("noNote") : flag.note}
              </span>
            </span>
            {canResolve ? (
              <Button
                ref={passFocus}
                size="sm"
                pending={isPending && variables === assignmentId}
                onClick={() => mutate(assignmentId)}
              >
                {t("resolve")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
