"use client";

import { CircleCheckBig, CloudAlert, Hourglass, Inbox } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Spinner } from "@/app/_components/ui/spinner";
import type { ProgressResponse } from "@/lib/assignments/schema";
import type { Session } from "./session";

/** Milliseconds between looks for instances that came back. */
const lookEveryMs = 20_000;

type NothingHereProps = { session: Session; progress: ProgressResponse; onAskAgain: () => void; onHistory: () => void };

/** Why no instance is on the screen, and what to do about it. */
export function NothingHere({ session, progress, onAskAgain, onHistory }: NothingHereProps) {
  const t = useTranslations("label");
  const { sending, loadTrouble, isExhausted } = session;
  useLooking(isExhausted && sending.length === 0, onAskAgain);
  // The answer is about to come.
  if (sending.length > 0 && sending.every(({ trouble }) => trouble === null)) return <LoadingInstance />;
  const again = <Button onClick={onAskAgain}>{t("nothing.again")}</Button>;
  const history = <Button onClick={onHistory}>{t("nothing.history")}</Button>;
  return (
    <div className="flex flex-1 items-center justify-center p-4">
      <div className="w-full max-w-xl">{describe()}</div>
    </div>
  );

  function describe() {
    if (sending.length > 0) {
      return (
        <EmptyState icon={<Spinner />} title={t("nothing.saving")}>
          {t(session.deviceKeeps ? "nothing.savingKept" : "nothing.savingUnkept", {
            trouble: sending.find(({ trouble }) => trouble !== null)?.trouble ?? "",
          })}
        </EmptyState>
      );
    }
    if (!isExhausted) {
      return (
        <EmptyState icon={<CloudAlert />} title={t("nothing.notLoaded")} action={again}>
          {loadTrouble}
        </EmptyState>
      );
    }
    if (!progress.hasInstances) {
      return (
        <EmptyState icon={<Inbox />} title={t("nothing.none")} action={again}>
          {t("nothing.noneText")}
        </EmptyState>
      );
    }
    if (progress.lentToOthers > 0) {
      return (
        <EmptyState icon={<Hourglass />} title={t("nothing.lent")} action={history}>
          {t("nothing.lentText", { count: progress.lentToOthers })}
        </EmptyState>
      );
    }
    return (
      <EmptyState icon={<CircleCheckBig />} title={t("nothing.done")} action={history}>
        {t("nothing.doneText", { count: progress.submittedToday })}
      </EmptyState>
    );
  }
}

function useLooking(isWaiting: boolean, look: () => void): void {
  const onTick = useEffectEvent(look);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => document.visibilityState === "visible" && onTick(), lookEveryMs);
    return () => clearInterval(timer);
  }, [isWaiting]);
}

/** The shape of an instance that is on its way. */
export function LoadingInstance() {
  const t = useTranslations("label");
  return (
    <div role="status" aria-label={t("nothing.loading")} className="flex min-h-0 flex-1 flex-col">
      <div className="grid gap-3 border-b bg-sidebar p-4">
        <Skeleton className="w-16" />
        <Skeleton className="h-5 w-3/5" />
      </div>
      <div className="grid flex-1 md:grid-cols-2 md:divide-x">
        {["A", "B"].map((label) => (
          <div key={label} className="grid content-start gap-3 p-4">
            <Skeleton className="size-5" />
            {["w-11/12", "w-4/5", "w-full", "w-2/3", "w-5/6"].map((width) => (
              <Skeleton key={width} className={width} />
            ))}
          </div>
        ))}
      </div>
      <div className="grid gap-3 border-t p-4">
        <Skeleton className="w-2/5" />
        <Skeleton className="h-9" />
        <Skeleton className="h-8 w-40 justify-self-end" />
      </div>
    </div>
  );
}
