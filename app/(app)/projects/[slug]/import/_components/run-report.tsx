"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { RunProgress } from "@/app/_components/run-progress";
import { Alert } from "@/app/_components/ui/alert";
import { Section } from "@/app/_components/ui/page";
import type { ImportResult } from "@/lib/datasets/schema";
import type { RunView } from "@/lib/jobs/schema";
import { Counts } from "./counts";
import { Faults } from "./faults";

/** One import: how far it is, and once it has ended what it did and which lines did not go in. */
export function RunReport({ slug, runId }: { slug: string; runId: string }) {
  const router = useRouter();
  const [ended, setEnded] = useState<RunView | null>(null);

  function finish(run: RunView) {
    setEnded(run);
    // The list below may have been made before this one ended.
    router.refresh();
  }

  const result = ended?.result as ImportResult | null | undefined;
  return (
    <Section title={titleOf(result)}>
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

function titleOf(result: ImportResult | null | undefined): string {
  if (!result) return "This import";
  const name = result.filename ?? (result.kind === "labels" ? "labels" : "instances");
  return `${result.dryRun ? "Check" : "Import"} of ${name}`;
}

function Outcome({ run, result }: { run: RunView; result: ImportResult }) {
  if (run.state !== "succeeded") {
    return (
      <Alert
        tone="warning"
        title={run.state === "cancelled" ? "Cancelled before the end of the file" : "Ended before the end of the file"}
      >
        {result.dryRun
          ? "Nothing was stored. The counts are of the lines that were checked."
          : "What the counts below say is stored and stays. Import the file again to go on: what is in is recognised."}
      </Alert>
    );
  }
  if (result.dryRun) {
    return (
      <Alert tone="info" title="Nothing was stored: this was a check">
        The counts below are what an import of this file would do now.
      </Alert>
    );
  }
  return null;
}
