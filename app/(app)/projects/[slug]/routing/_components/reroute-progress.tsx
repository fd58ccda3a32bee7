"use client";

import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { RunProgress } from "@/app/_components/run-progress";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import type { RunView } from "@/lib/jobs/schema";
import type { RouteResult } from "@/lib/routing/schema";

/** The run that routes instances anew; when it has ended the page shows what came of it. */
export function RerouteProgress({ slug, runId }: { slug: string; runId: string }) {
  const router = useRouter();
  function finish({ state, result, error }: RunView) {
    if (state === "succeeded") toast.success(wordResult(result as RouteResult));
    else if (state === "failed") toast.error(error ?? "The instances could not be routed anew.");
    else toast.info("Cancelled. What was not routed anew stays as it was; apply the policy again to go on.");
    router.refresh();
  }
  return (
    <Section title="Routing anew" description="Instances keep their route until it is their turn.">
      <RunProgress slug={slug} runId={runId} onDone={finish} />
    </Section>
  );
}

function wordResult({ changed, reweighed }: RouteResult): string {
  const moved = `${formatNumber(changed)} ${changed === 1 ? "instance goes" : "instances go"} elsewhere.`;
  return reweighed > 0 ? `${moved} ${formatNumber(reweighed)} consensuses were recomputed.` : moved;
}
