"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Primitive from "radix-ui/dialog";
import type { ComponentProps, ReactNode } from "react";

import { Button } from "./button";
import { cn } from "./cn";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

export const overlayClasses =
  "fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in";

/** Centred; on a phone a sheet at the lower edge, where the thumb is. */
export const panelClasses = cn(
  "fixed inset-x-0 bottom-0 z-50 flex max-h-[90dvh] w-full flex-col rounded-t-xl border bg-popover text-popover-foreground shadow-xl",
  "sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:max-w-lg sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl",
  "data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in",
);

type DialogContentProps = Omit<ComponentProps<typeof Primitive.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
};

/** The panel of a dialog. `className` sets its width, such as "sm:max-w-2xl". */
export function DialogContent({ title, description, footer, children, className, ...props }: DialogContentProps) {
  const t = useTranslations("ui");
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClasses} />
      <Primitive.Content
        // Radix warns when nothing describes a dialog, unless told that this is meant.
        {...(description ? {} : { "aria-describedby": undefined })}
        {...props}
        className={cn(panelClasses, className)}
      >
        <div className="flex items-start gap-4 px-5 pt-4 pb-3">
          <div className="min-w-0 flex-1">
            <Primitive.Title className="text-base leading-6 font-semibold">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="mt-0.5 text-muted-foreground">{description}</Primitive.Description>
            ) : null}
          </div>
          <Primitive.Close asChild>
            <Button variant="ghost" size="icon" aria-label={t("close")} className="-me-2 -mt-1 text-muted-foreground">
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
        {footer ? <DialogFooter>{footer}</DialogFooter> : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      {children}
    </div>
  );
}
