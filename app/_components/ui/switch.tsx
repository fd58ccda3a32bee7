import type { ComponentProps, ReactNode } from "react";

import { cn } from "./cn";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & {
  /** Text beside the switch; without it give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
};

/** An on/off setting that takes effect at once. A native checkbox underneath, so forms read it as one. */
export function Switch({ label, hint, className, ...props }: SwitchProps) {
  const track = (
    <input
      type="checkbox"
      role="switch"
      {...props}
      className={cn(
        "relative inline-block align-middle h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full bg-input transition-colors duration-150",
        "before:absolute before:top-0.5 before:start-0.5 before:size-4 before:rounded-full before:bg-white before:shadow-sm before:transition-transform before:duration-150",
        "checked:bg-primary checked:before:translate-x-4 rtl:checked:before:-translate-x-4 disabled:cursor-not-allowed disabled:opacity-50",
        "forced-colors:appearance-auto forced-colors:before:hidden",
        !label && className,
      )}
    />
  );
  if (!label) return track;
  return (
    <label className={cn("flex w-fit cursor-pointer items-start gap-2.5 has-disabled:cursor-not-allowed", className)}>
      {track}
      <span>
        {label}
        {hint ? <span className="block text-[0.8125rem] text-muted-foreground">{hint}</span> : null}
      </span>
    </label>
  );
}
