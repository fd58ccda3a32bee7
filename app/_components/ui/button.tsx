import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui/slot";
import type { ComponentProps, MouseEvent } from "react";

import { cn } from "./cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none",
    "transition-colors duration-150 [&_svg]:shrink-0",
    "disabled:opacity-50 aria-disabled:cursor-default",
  ],
  {
    variants: {
      variant: {
        primary: "bg-primary text-white shadow-xs forced-colors:border hover:not-disabled:bg-primary-hover",
        secondary: "border border-border-strong bg-background shadow-xs hover:not-disabled:bg-accent dark:bg-muted",
        ghost: "hover:not-disabled:bg-accent data-[state=open]:bg-accent",
        danger: "bg-destructive text-white shadow-xs forced-colors:border hover:not-disabled:bg-destructive-hover",
        link: "text-primary underline-offset-4 hover:not-disabled:underline forced-colors:underline",
      },
      size: {
        sm: "h-7 gap-1.5 px-2.5 text-[0.8125rem] [&_svg]:size-3.5",
        md: "h-8 gap-2 px-3 text-sm [&_svg]:size-4",
        icon: "size-8 [&_svg]:size-4",
      },
    },
    compoundVariants: [{ variant: "link", class: "h-auto px-0" }],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    /** Gives the look to the single child, for links: `<Button asChild><Link href="…">…</Link></Button>`. */
    asChild?: boolean;
    /** Work is under way: shows a spinner over the label and ignores clicks. Not for `asChild`. */
    pending?: boolean;
  };

/** A button; `type` is "button" unless said, so only `type="submit"` submits a form. */
export function Button({ variant, size, className, asChild, pending, children, onClick, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot className={classes} onClick={onClick} {...props}>
        {children}
      </Slot>
    );
  }
  return (
    <button
      type="button"
      {...props}
      className={classes}
      // Not `disabled`: that would drop the keyboard focus to the top of the page while waiting.
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? ignoreClick : onClick}
    >
      {pending ? (
        <>
          <span className="inline-flex items-center gap-[inherit] opacity-0">{children}</span>
          <span className="absolute inset-0 flex items-center justify-center">
            <Spinner className="text-current" />
          </span>
        </>
      ) : (
        children
      )}
    </button>
  );
}

function ignoreClick(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}
