"use client";

import { cloneElement, type ComponentProps, type ReactElement, type ReactNode, Suspense, useState } from "react";

type Trigger = ReactElement<ComponentProps<"button">>;

type LazyPopupProps = {
  kind: "menu" | "dialog";
  trigger: Trigger;
  /** A menu or popover around the trigger, of a component made by `lazy()`, open from the beginning. */
  popup: (trigger: Trigger) => ReactNode;
};

/** A button with a popup that is not loaded before somebody opens it: few do, on pages that are open all day. */
export function LazyPopup({ kind, trigger, popup }: LazyPopupProps) {
  const [isWanted, setWanted] = useState(false);
  const closed = cloneElement(trigger, {
    type: "button",
    "aria-haspopup": kind,
    "aria-expanded": false,
    onClick: () => setWanted(true),
  });
  return isWanted ? <Suspense fallback={closed}>{popup(trigger)}</Suspense> : closed;
}
