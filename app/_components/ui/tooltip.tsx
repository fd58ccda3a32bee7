"use client";

import { type CSSProperties, type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

import { cn } from "./cn";

/** Milliseconds that the pointer rests on a control before its words come. */
const restMs = 400;
const gap = 6;

type Side = "end" | "bottom";

type TooltipProps = {
  /** Nothing: no tooltip, and the child keeps its place in the tree. */
  content: ReactNode;
  /** One focusable element, so that the keyboard reaches the tooltip too. */
  children: ReactElement;
  side: Side;
};

/**
 * A few words about a control. Never the only place where something needed is said. Radix's, with what it needs to
 * place itself, weighs 24 kB of the 250 that the labelling page may have.
 */
export function Tooltip({ content, children, side }: TooltipProps) {
  const [place, setPlace] = useState<CSSProperties | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    setPlace(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <span
      className="contents"
      onPointerEnter={({ currentTarget: { firstElementChild: control } }) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setPlace(placeBeside(control!, side)), restMs);
      }}
      onFocus={({ target }) => target.matches(":focus-visible") && setPlace(placeBeside(target, side))}
      onPointerLeave={hide}
      onPointerDown={hide}
      onBlur={hide}
      onKeyDown={hide}
    >
      {children}
      {content && place
        ? createPortal(
            <span
              role="tooltip"
              style={place}
              className={cn(
                "fixed z-50 max-w-72 animate-pop-in rounded-md bg-foreground px-2 py-1 text-xs text-background shadow-md forced-colors:border forced-colors:bg-background forced-colors:text-foreground",
                side === "end" && "-translate-y-1/2",
              )}
            >
              {content}
            </span>,
            document.body,
          )
        : null}
    </span>
  );
}

/** Below a control it is as far from the window's nearer edge as the control, so that it never leaves the window. */
function placeBeside(control: Element, side: Side): CSSProperties {
  const { left, right, top, bottom } = control.getBoundingClientRect();
  const { clientWidth, dir } = document.documentElement;
  if (side === "end") {
    const middle = (top + bottom) / 2;
    return dir === "rtl" ? { right: clientWidth - left + gap, top: middle } : { left: right + gap, top: middle };
  }
  return left + right < clientWidth ? { left, top: bottom + gap } : { right: clientWidth - right, top: bottom + gap };
}
