"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useEffect, useState } from "react";
import { toast } from "sonner";

import { Button } from "./button";
import { cn } from "./cn";

type CopyButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "className"> & {
  value: string;
  /** What is copied, such as "API key": the button is named "Copy API key". */
  label: string;
  /** Writes the name on the button instead of only in its tooltip. */
  showLabel?: boolean;
};

/** Copies a text and says so for two seconds. */
export function CopyButton({ value, label, showLabel, variant = "ghost", className }: CopyButtonProps) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    if (await writeToClipboard(value)) setCopied(true);
    else toast.error(t("copyRefused", { label }));
  }

  const name = t("copy", { label });
  const Icon = copied ? Check : Copy;
  return (
    <Button
      variant={variant}
      size={showLabel ? "sm" : "icon"}
      aria-label={showLabel ? undefined : name}
      title={showLabel ? undefined : name}
      onClick={copy}
      className={cn(!showLabel && "size-6 text-muted-foreground [&_svg]:size-3.5", className)}
    >
      <Icon aria-hidden className={cn(copied && "text-tone-emerald")} />
      {showLabel ? name : null}
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </Button>
  );
}

/** Copies through the clipboard API or, on plain http where browsers hide it, through a selected text box. */
async function writeToClipboard(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "fixed opacity-0";
  const focused = document.activeElement;
  // Inside an open dialog focus may not leave it, so the box goes beside the button.
  (focused?.parentElement ?? document.body).append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
