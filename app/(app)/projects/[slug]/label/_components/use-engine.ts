"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import type { ProgressResponse } from "@/lib/assignments/schema";
import { historyKey, progressQuery, type LabelledProject } from "./assignment-queries";
import { callsOf } from "./calls";
import { createEngine } from "./engine";
import { openShelf } from "./keeping/shelf";
import { waitInBrowser } from "./retry";
import { unsaved } from "./draft-saver";

/** Milliseconds between renewals of the lease of what is on the screen. */
const keepEveryMs = 4 * 60_000;

/** The engine of this page, started and stopped with it, and its state. */
export function useEngine({
  project,
  guidelinesVersion,
  initialProgress,
}: {
  project: LabelledProject;
  guidelinesVersion: number;
  initialProgress: ProgressResponse;
}) {
  const t = useTranslations("label");
  const client = useQueryClient();
  const { slug } = project;
  const progressOptions = progressQuery(project, initialProgress);
  const [engine] = useState(() =>
    createEngine({
      calls: callsOf(project, t),
      shelf: openShelf(project),
      now: () => performance.now(),
      newId: () => crypto.randomUUID(),
      wait: waitInBrowser,
      // A frame that begins after another one finds that on the screen.
      onceSeen: (then) => requestAnimationFrame(() => requestAnimationFrame(then)),
      onSubmitted: (kind) => {
        if (kind === "counted") client.setQueryData(progressOptions.queryKey, (before) => before && countOne(before));
        else if (kind === "from-before") void client.invalidateQueries({ queryKey: progressOptions.queryKey });
        void client.invalidateQueries({ queryKey: historyKey(slug) });
      },
    }),
  );
  const session = useSyncExternalStore(engine.store.subscribe, engine.store.get, engine.store.get);
  const isSending = session.sending.length > 0;
  const { data: progress } = useQuery({ ...progressOptions, enabled: !isSending });

  useEffect(() => engine.showGuidelines(guidelinesVersion), [engine, guidelinesVersion]);
  useEffect(() => engine.start(), [engine]);
  usePageLife(engine);

  // A count that is made while a submission is on its way has it or has it not: nobody can tell.
  const onSending = useEffectEvent(() => void client.cancelQueries({ queryKey: progressOptions.queryKey }));
  useEffect(() => {
    if (isSending) onSending();
  }, [isSending]);

  // Why nothing is left is only known from a fresh count.
  const isDone = session.isExhausted && session.queue.length === 0 && !isSending;
  const onDone = useEffectEvent(() => void client.invalidateQueries({ queryKey: progressOptions.queryKey }));
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone]);
  return { engine, session, progress };
}

function countOne(before: ProgressResponse): ProgressResponse {
  const { submittedToday, remaining, hasMore } = before;
  return { ...before, submittedToday: submittedToday + 1, remaining: hasMore ? remaining : Math.max(0, remaining - 1) };
}

/** Tells the engine what the browser knows: whether somebody is there, and when the page goes away. */
function usePageLife(engine: ReturnType<typeof createEngine>): void {
  const onHidden = useEffectEvent(() => {
    if (document.visibilityState === "visible") engine.clocks.show();
    else engine.clocks.hide();
  });
  const onUnload = useEffectEvent((event: BeforeUnloadEvent) => {
    const session = engine.store.get();
    if (session.sending.length > 0 || unsaved(session)) event.preventDefault();
  });
  useEffect(() => {
    const onInput = () => engine.clocks.input();
    const onShow = (event: PageTransitionEvent) => event.persisted && engine.fill();
    const inputs = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"] as const;
    for (const name of inputs) window.addEventListener(name, onInput, { passive: true, capture: true });
    document.addEventListener("visibilitychange", onHidden);
    // The page may have been opened in the background.
    onHidden();
    window.addEventListener("pagehide", engine.leave);
    window.addEventListener("pageshow", onShow);
    window.addEventListener("beforeunload", onUnload);
    const timer = setInterval(() => document.visibilityState === "visible" && void engine.keep(), keepEveryMs);
    return () => {
      for (const name of inputs) window.removeEventListener(name, onInput, { capture: true });
      document.removeEventListener("visibilitychange", onHidden);
      window.removeEventListener("pagehide", engine.leave);
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("beforeunload", onUnload);
      clearInterval(timer);
    };
  }, [engine]);
}
