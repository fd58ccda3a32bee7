import { cloneElement, type ReactElement, type ReactNode, useId } from "react";

import { cn } from "./cn";

type ControlProps = {
  id?: string;
  required?: boolean;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling";
  "aria-required"?: boolean | "true" | "false";
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value and how to put it right. */
  error?: ReactNode;
  required?: boolean;
  /** The one control: Input, Textarea, NativeSelect or anything that passes id and aria attributes on. */
  children: ReactElement<ControlProps>;
  className?: string;
};

/** A labelled control with its hint and error, wired for screen readers. */
export function Field({ label, hint, error, required, children, className }: FieldProps) {
  const ownId = useId();
  const id = children.props.id ?? ownId;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [children.props["aria-describedby"], hint && hintId, error && errorId].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1.5", className)}>
      <label htmlFor={id} className="w-fit text-[0.8125rem] leading-5 font-medium">
        {label}
        {required ? (
          <span aria-hidden className="ms-0.5 text-destructive">
            *
          </span>
        ) : null}
      </label>
      {cloneElement(children, {
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : children.props["aria-invalid"],
        "aria-required": required || undefined,
      })}
      {hint ? (
        <p id={hintId} className="text-[0.8125rem] leading-5 text-muted-foreground">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} role="alert" className="text-[0.8125rem] leading-5 text-destructive">
          {error}
        </p>
      ) : null}
    </div>
  );
}
