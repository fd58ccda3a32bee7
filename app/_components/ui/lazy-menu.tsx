"use client";

import { cloneElement, type ComponentProps, type ReactElement, type ReactNode, Suspense, useState } from "react";

type Trigger = ReactElement<ComponentProps<"button">>;

type LazyMenuProps = {
  trigger: Trigger;
  /** A DropdownMenu around the trigger, of a component made by `lazy()`, open from the beginning. */
  menu: (trigger: Trigger) => ReactNode;
};

/** A button with a menu that is not loaded before somebody opens it: few do, on pages that are open all day. */
export function LazyMenu({ trigger, menu }: LazyMenuProps) {
  const [isWanted, setWanted] = useState(false);
  const closed = cloneElement(trigger, {
    type: "button",
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setWanted(true),
  });
  return isWanted ? <Suspense fallback={closed}>{menu(trigger)}</Suspense> : closed;
}
