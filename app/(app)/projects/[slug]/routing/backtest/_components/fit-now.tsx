"use client";

import { useTranslations } from "next-intl";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { Section } from "@/app/_components/ui/page";
import type { RunView } from "@/lib/jobs/schema";
import { FitOptions, fitFaults, type FitValues, usualFit } from "./fit-options";

type FitNowProps = {
  slug: string;
  /** The run that makes the next fit, while it waits or works. */
  runId: string | null;
  hasFits: boolean;
};

/** Starts a fit, and shows how far it is and how it ended. */
export function FitNow({ slug, runId, hasFits }: FitNowProps) {
  const t = useTranslations("routing.fitNow");
  const tFaults = useTranslations("routing.faults");
  const router = useRouter();
  const [values, setValues] = useState<FitValues>(usualFit);
  const [run, setRun] = useState(runId === null ? null : { id: runId, isLive: true });
  const { mixes, hidden, seed } = values;
  const start = useMutation({
    mutationFn: () =>
      api<{ id: string }>("POST", `/api/v1/projects/${slug}/routing/fit`, {
        ...{ mixes: Number(mixes), hidden, seed: Number(seed) },
      }),
    onSuccess: ({ id }) => setRun({ id, isLive: true }),
  });
  function finish({ id, state }: RunView) {
    setRun({ id, isLive: false });
    if (state !== "succeeded") return;
    toast.success(t("done"));
    // The newest is shown, whichever was.
    router.push(`/projects/${slug}/routing/backtest`);
    router.refresh();
  }
  return (
    <Section title={t(hasFits ? "anew" : "first")} description={t("description")}>
      <div className="grid grid-cols-1 gap-4 rounded-lg border p-4">
        {run === null ? null : <RunProgress key={run.id} slug={slug} runId={run.id} onDone={finish} />}
        {start.error ? <Alert tone="danger">{start.error.message}</Alert> : null}
        {run?.isLive ? null : (
          <>
            <FitOptions values={values} onChange={(change) => setValues({ ...values, ...change })} />
            <Button
              variant={hasFits ? "secondary" : "primary"}
              className="justify-self-start"
              disabled={Object.keys(fitFaults(values, tFaults)).length > 0}
              pending={start.isPending}
              onClick={() => start.mutate()}
            >
              {t("start")}
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}
