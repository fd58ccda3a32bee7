"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import type { PolicyInput, RoutingView } from "@/lib/routing/schema";
import type { RoutingSettings } from "@/lib/routing/settings/schema";
import { wordButton } from "./apply-words";
import { useApply, type usePreview } from "./policy-calls";
import { Preview } from "./preview";
import { ScheduleForm } from "./schedule-form";

type ApplyPanelProps = {
  slug: string;
  routing: RoutingView;
  settings: RoutingSettings;
  currency: string;
  /** Null while the fields make no policy. */
  policy: PolicyInput | null;
  preview: ReturnType<typeof usePreview>;
  /** What else is to be known before it is applied. */
  children?: ReactNode;
};

/** What a policy would change, and the button that says what it will do. */
export function ApplyPanel({ slug, routing, settings, currency, policy, preview, children }: ApplyPanelProps) {
  const t = useTranslations("routing.apply");
  // Somebody may have applied another policy, or labelled: look again before the button can be used.
  const apply = useApply(slug, () => preview.refetch());
  // Of other values than those in the form it says nothing.
  const shown = preview.isPlaceholderData || preview.error ? undefined : preview.data;
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-4 self-start rounded-lg border p-4">
      {children}
      {preview.error && !preview.isFetching ? <Alert tone="danger">{preview.error.message}</Alert> : null}
      {policy === null ? (
        <p className="text-muted-foreground">{t("correct")}</p>
      ) : preview.error && !preview.isFetching ? null : (
        <Preview preview={preview.data} isPending={shown === undefined} currency={currency} />
      )}
      {shown?.sentence === routing.current.sentence && shown.changed > 0 && shown.reweighed === 0 ? (
        <p className="text-[0.8125rem] text-muted-foreground">{t("same")}</p>
      ) : null}
      {apply.error ? <Alert tone="danger">{apply.error.message}</Alert> : null}
      <Button
        variant="primary"
        className="h-auto min-h-8 justify-self-start py-1 whitespace-normal"
        disabled={shown === undefined || policy === null}
        pending={apply.isPending}
        onClick={() => policy && shown && apply.mutate({ policy, basedOn: shown.basedOn })}
      >
        {policy === null || shown === undefined ? t("apply") : wordButton(shown, t)}
      </Button>
      <ScheduleForm slug={slug} settings={settings} policy={shown === undefined ? null : policy} />
    </div>
  );
}
