"use client";

import * as Primitive from "radix-ui/tooltip";
import type { ReactElement, ReactNode } from "react";

import { cn } from "./cn";

/** Shares the opening delay between all tooltips of the app. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Primitive.Provider>
  );
}

type TooltipProps = {
  /** Nothing: no tooltip, and the child keeps its place in the tree. */
  content: ReactNode;
  /** One focusable element, so that the keyboard reaches the tooltip too. */
  children: ReactElement;
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
};

/** A few words about a control. Never the only place where something needed is said. */
export function Tooltip({ content, children, side = "top", className }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      {content ? (
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className={cn(
              "z-50 max-w-72 rounded-md bg-foreground px-2 py-1 text-xs text-balance text-background shadow-md",
              "origin-(--radix-tooltip-content-transform-origin) data-[state=closed]:animate-pop-out data-[state=delayed-open]:animate-pop-in",
              className,
            )}
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      ) : null}
    </Primitive.Root>
  );
}
