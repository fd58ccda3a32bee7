"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import type { PreviewInput, PreviewResponse } from "@/lib/assignments/preview/schema";
import { fetchPreview } from "./preview-calls";
import { readMessage, type PreviewMessage, type ShowMessage } from "./messages";
import { PreviewedInstance } from "./previewed-instance";

/** The inside of the preview's frame: shows what the editor around it tells, as annotators would see it. */
export function PreviewFrame({ slug }: { slug: string }) {
  const t = useTranslations("taskSchema.preview");
  const input = useMessages();
  const { data, error } = useQuery({
    queryKey: ["schema-preview", slug, input],
    queryFn: async () => ({ input: input!, response: await fetchPreview(slug, input!), at: performance.now() }),
    enabled: input !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  // What was last without faults stays while there are some.
  const [shown, show] = useState(data);
  if (data !== undefined && data !== shown) show(data);
  const [turn, setTurn] = useState(0);
  useTelling(data?.response);
  if (!shown) return error ? <Message>{error.message}</Message> : <Message>{t("loading")}</Message>;
  const { assignment, guidelines } = shown.response;
  return (
    <>
      {error ? (
        <p
          role="status"
          className="fixed inset-x-0 top-0 z-50 bg-tone-amber-soft px-3 py-1 text-xs text-tone-amber-ink"
        >
          {t("stale")}
        </p>
      ) : null}
      {assignment === null ? (
        <Message>{t.rich("noneFits", { link: (words) => <ImportLink slug={slug}>{words}</ImportLink> })}</Message>
      ) : (
        <PreviewedInstance
          key={`${shown.at} ${turn}`}
          {...{ slug, assignment, guidelines }}
          input={shown.input}
          onAgain={() => setTurn(turn + 1)}
        />
      )}
    </>
  );
}

function Message({ children }: { children: React.ReactNode }) {
  return <p className="m-auto max-w-[60ch] p-8 text-center text-muted-foreground">{children}</p>;
}

function ImportLink({ slug, children }: { slug: string; children: React.ReactNode }) {
  return (
    <Link href={`/projects/${slug}/import`} target="_top" className="text-primary underline">
      {children}
    </Link>
  );
}

/** What the editor says last; null until it has said something. */
function useMessages(): PreviewInput | null {
  const [message, setMessage] = useState<ShowMessage | null>(null);
  useEffect(() => {
    const listen = (event: MessageEvent) => {
      const said = readMessage<ShowMessage>(event, ["show"]);
      if (said) setMessage(said);
    };
    window.addEventListener("message", listen);
    tell({ tandem: "listening" });
    return () => window.removeEventListener("message", listen);
  }, []);
  return useMemo(
    () =>
      message && {
        ...{ taskSchema: message.taskSchema, guidelines: message.guidelines },
        ...(message.instance !== null && { instance: message.instance }),
      },
    [message],
  );
}

/** Tells the editor what is shown. */
function useTelling(response: PreviewResponse | undefined): void {
  useEffect(() => {
    if (!response) return;
    const { assignment, outsideId, next } = response;
    tell({ tandem: "shown", instance: outsideId === null ? null : (assignment?.id ?? null), outsideId, next });
  }, [response]);
}

function tell(message: PreviewMessage): void {
  window.parent.postMessage(message, window.location.origin);
}
