"use client";

import { Check, Minus } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

import { cn } from "./cn";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "ref"> & {
  /** Text beside the box; without it give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
  /** Some but not all of what the box stands for is chosen. */
  indeterminate?: boolean;
  ref?: (input: HTMLInputElement | null) => void;
};

/** A native checkbox in our look, with its label. */
export function Checkbox({ label, hint, indeterminate = false, className, ref, ...props }: CheckboxProps) {
  const box = (
    <span className="relative inline-flex size-4 shrink-0 align-middle">
      <input
        type="checkbox"
        {...props}
        ref={(input) => {
          if (input) input.indeterminate = indeterminate;
          ref?.(input);
        }}
        className={cn(
          "peer size-4 cursor-pointer appearance-none rounded border border-input bg-background dark:bg-card",
          "checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary",
          "disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive",
          !label && className,
        )}
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 hidden size-3 text-white forced-colors:text-foreground peer-checked:not-peer-indeterminate:block"
      />
      <Minus
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 hidden size-3 text-white forced-colors:text-foreground peer-indeterminate:block"
      />
    </span>
  );
  if (!label) return box;
  return (
    <label className={cn("flex w-fit cursor-pointer items-start gap-2 has-disabled:cursor-not-allowed", className)}>
      <span className="flex h-5 items-center">{box}</span>
      <LabelText label={label} hint={hint} />
    </label>
  );
}

function LabelText({ label, hint }: { label: ReactNode; hint?: ReactNode }) {
  return (
    <span>
      {label}
      {hint ? <span className="block text-[0.8125rem] text-muted-foreground">{hint}</span> : null}
    </span>
  );
}
