"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { RunProgress } from "@/app/_components/run-progress";
import { Section } from "@/app/_components/ui/page";
import type { Translate } from "@/app/i18n/translate";
import type { RunView } from "@/lib/jobs/schema";
import type { RouteResult } from "@/lib/routing/schema";

/** The run that routes instances anew; when it has ended the page shows what came of it. */
export function RerouteProgress({ slug, runId }: { slug: string; runId: string }) {
  const t = useTranslations("routing.reroute");
  const router = useRouter();
  function finish({ state, result, error }: RunView) {
    if (state === "succeeded") toast.success(wordResult(result as RouteResult, t));
    else if (state === "failed") toast.error(error ?? t("failed"));
    else toast.info(t("cancelled"));
    router.refresh();
  }
  return (
    <Section title={t("title")} description={t("description")}>
      <RunProgress slug={slug} runId={runId} onDone={finish} />
    </Section>
  );
}

function wordResult({ changed, reweighed }: RouteResult, t: Translate<"routing.reroute">): string {
  return reweighed > 0 ? t("movedAndRecomputed", { changed, reweighed }) : t("moved", { changed });
}
