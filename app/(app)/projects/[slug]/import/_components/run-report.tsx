"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Section } from "@/app/_components/ui/page";
import type { Translate } from "@/app/i18n/translate";
import type { ImportResult } from "@/lib/datasets/schema";
import type { RunView } from "@/lib/jobs/schema";
import { Counts } from "./counts";
import { Faults } from "./faults";

/** One import: how far it is, and once it has ended what it did and which lines did not go in. */
export function RunReport({ slug, runId }: { slug: string; runId: string }) {
  const t = useTranslations("datasets.import.report");
  const router = useRouter();
  const [ended, setEnded] = useState<RunView | null>(null);

  function finish(run: RunView) {
    setEnded(run);
    // The list below may have been made before this one ended.
    router.refresh();
  }

  const result = ended?.result as ImportResult | null | undefined;
  return (
    <Section title={titleOf(result, t)}>
      <div className="grid gap-4 rounded-lg border p-4">
        <RunProgress slug={slug} runId={runId} onDone={finish} />
        {ended && result ? (
          <>
            <Outcome run={ended} result={result} />
            <Counts result={result} />
            <Faults faults={result.faults} name={result.filename} />
          </>
        ) : null}
      </div>
    </Section>
  );
}

function titleOf(result: ImportResult | null | undefined, t: Translate<"datasets.import.report">): string {
  if (!result) return t("this");
  return t(result.dryRun ? "checkOf" : "importOf", { name: result.filename ?? t(`kinds.${result.kind}`) });
}

function Outcome({ run, result }: { run: RunView; result: ImportResult }) {
  const t = useTranslations("datasets.import.report");
  if (run.state !== "succeeded") {
    return (
      <Alert tone="warning" title={t(run.state === "cancelled" ? "cancelled" : "ended")}>
        {t(result.dryRun ? "nothingStored" : "storedStays")}
      </Alert>
    );
  }
  if (result.dryRun) {
    return (
      <Alert tone="info" title={t("wasCheck")}>
        {t("wouldDo")}
      </Alert>
    );
  }
  return null;
}
