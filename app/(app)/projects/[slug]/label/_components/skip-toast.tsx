"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { Kbd } from "@/app/_components/ui/kbd";
import type { Translate } from "@/app/i18n/translate";
import { nameKey } from "./bindings";
import { messageOf } from "./calls";

/** One at a time: the newest skip is the one that can be explained. */
const toastId = "skipped";
/** Not over the answers and the button that submits them. */
const away = { id: toastId, position: "top-center" } as const;
const shownMs = 8000;

type Skip = {
  /** What went along with it. */
  reason: string;
  bringBack: () => void;
  /** Gives the focus back to the page. */
  leave: () => void;
  explain: (reason: string) => Promise<void>;
  /** The key that opens the box for the reason; null for none. */
  reasonKey: string | null;
  onGone: () => void;
};

/**
 * Says that an instance was skipped, and lets it be brought back or the reason be added while the next one is on the
 * screen. Answers with what opens the box for the reason.
 */
export function tellSkipped(skip: Skip, t: Translate<"label">): () => void {
  const action = { label: t("skipped.bringBack"), onClick: skip.bringBack };
  const show = (isWriting: boolean) =>
    // The page tells those who listen that it was skipped; of this they hear what can be done.
    toast(<span aria-hidden>{t("skipped.title")}</span>, {
      ...{ ...away, action },
      description: skip.reason === "" ? <SkipReason {...{ skip, isWriting, t }} onWrite={() => show(true)} /> : "",
      duration: isWriting ? Infinity : shownMs,
      ...{ onAutoClose: skip.onGone, onDismiss: skip.onGone },
    });
  show(false);
  return () => show(true);
}

type SkipReasonProps = {
  skip: Skip;
  isWriting: boolean;
  onWrite: () => void;
  /** It is shown outside of the page, which has the texts. */
  t: Translate<"label">;
};

function SkipReason({ skip, isWriting, onWrite, t }: SkipReasonProps) {
  const [reason, setReason] = useState("");
  if (!isWriting) {
    return (
      <Button variant="link" size="sm" onClick={onWrite}>
        {t("skipped.addReason")}
        {skip.reasonKey === null ? null : <Kbd aria-hidden>{nameKey(skip.reasonKey)}</Kbd>}
      </Button>
    );
  }
  const close = () => {
    toast.dismiss(toastId);
    skip.leave();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return close();
    skip.leave();
    await skip.explain(reason).then(
      () => toast.success(t("skipped.withReason"), { ...away, description: "", action: undefined, duration: 3000 }),
      (error: unknown) => toast.error(messageOf(error), { ...away, description: "", action: undefined }),
    );
  };
  return (
    <form onSubmit={(event) => void send(event)} className="mt-1 flex gap-2">
      <Input
        // The person has just asked for it.
        autoFocus
        aria-label={t("skipped.reason")}
        placeholder={t("skipped.why")}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
        }}
      />
      <Button type="submit">{t("skipped.add")}</Button>
    </form>
  );
}
