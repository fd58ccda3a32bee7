/** What around an element can have the focus, nearest first. */
export function heirsOf(element: Element | null): HTMLElement[] {
  const heir = element?.parentElement?.closest<HTMLElement>("[tabindex]");
  return heir ? [heir, ...heirsOf(heir)] : [];
}

/** Gives the focus to the first of those that are still on the page. */
export function focusFirst(elements: readonly HTMLElement[]): void {
  elements.find((one) => one.isConnected)?.focus();
}

/**
 * A ref for what may leave the page while it has the focus, such as a button that ends what it stands beside. The
 * nearest part around it then has the focus: at the start of the page a reader would have lost the place.
 */
export function passFocus(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const heirs = heirsOf(element);
  return () => {
    if (!element.contains(document.activeElement)) return;
    // A ref is let go of when something is merely rendered again, too.
    queueMicrotask(() => element.isConnected || focusFirst(heirs));
  };
}
