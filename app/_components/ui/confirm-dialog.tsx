"use client";

import { useTranslations } from "next-intl";
import * as Primitive from "radix-ui/alert-dialog";
import { type ReactNode, useRef, useState } from "react";

import { Alert } from "./alert";
import { Button } from "./button";
import { cn } from "./cn";
import { DialogFooter, overlayClasses, panelClasses } from "./dialog";
import { focusFirst, heirsOf, passFocus } from "./pass-focus";

type ConfirmDialogProps = {
  /** The element that opens it. */
  trigger: ReactNode;
  title: ReactNode;
  /** What will happen, to which thing, and whether it can be undone. */
  description: ReactNode;
  /** The verb of the action, such as "Revoke key". */
  confirmLabel: string;
  /** The dialog waits for it, closes when it is done and shows the message when it throws. */
  onConfirm: () => Promise<void> | void;
  danger?: boolean;
};

/** Asks before something that matters is done. */
export function ConfirmDialog({ trigger, title, description, confirmLabel, onConfirm, danger }: ConfirmDialogProps) {
  const t = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const heirs = useRef<HTMLElement[]>([]);

  async function confirm() {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      setOpen(false);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setPending(false);
    }
  }

  function changeOpen(next: boolean) {
    if (pending) return;
    setError(null);
    setOpen(next);
  }

  return (
    <Primitive.Root open={open} onOpenChange={changeOpen}>
      <Primitive.Trigger asChild ref={passFocus}>
        {trigger}
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayClasses} />
        <Primitive.Content
          className={cn(panelClasses, "sm:max-w-md")}
          onOpenAutoFocus={() => {
            const opener = document.activeElement;
            heirs.current = [...(opener instanceof HTMLElement ? [opener] : []), ...heirsOf(opener)];
          }}
          // What opened it may be deleted by now.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusFirst(heirs.current);
          }}
        >
          <div className="grid gap-1 px-5 pt-4 pb-5">
            <Primitive.Title className="text-base leading-6 font-semibold">{title}</Primitive.Title>
            <Primitive.Description asChild>
              <div className="text-muted-foreground">{description}</div>
            </Primitive.Description>
            {error ? (
              <Alert tone="danger" className="mt-3">
                {error}
              </Alert>
            ) : null}
          </div>
          <DialogFooter>
            <Primitive.Cancel asChild>
              <Button disabled={pending}>{t("cancel")}</Button>
            </Primitive.Cancel>
            <Button variant={danger ? "danger" : "primary"} pending={pending} onClick={confirm}>
              {confirmLabel}
            </Button>
          </DialogFooter>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
