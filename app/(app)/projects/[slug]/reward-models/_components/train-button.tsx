"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { Button } from "@/app/_components/ui/button";
import { modelsPath } from "./reward-paths";

/** Starts a training on the current labels. */
export function TrainButton({
  slug,
  disabled,
  onStarted,
}: {
  slug: string;
  disabled: boolean;
  onStarted: (runId: string) => void;
}) {
  const t = useTranslations("rewardModels");
  const train = useMutation({
    mutationFn: () => api<{ id: string }>("POST", modelsPath(slug), {}),
    onSuccess: ({ id }) => onStarted(id),
    onError: (error) => toast.error(error.message),
  });
  return (
    <Button variant="primary" disabled={disabled} pending={train.isPending} onClick={() => train.mutate()}>
      {t("list.train")}
    </Button>
  );
}
