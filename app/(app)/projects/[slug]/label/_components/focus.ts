import type { Focus } from "./keys";
import type { Work } from "./session";

const textBoxes = 'textarea, select, [contenteditable="true"], input:not([type="radio"], [type="checkbox"])';
const overlays = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Where the keyboard is; null when something lies over the page and takes the keys. */
export function focusOf(target: EventTarget | null): Focus | null {
  if (document.querySelector(overlays)) return null;
  if (!(target instanceof Element) || target === document.body || target.matches("main, [data-start]")) return "start";
  if (target.matches(textBoxes)) return "text";
  return target.closest('button, a[href], summary, [role="button"]') ? "control" : "elsewhere";
}

/** Moves the focus to an answer of an aspect, without changing it: the one given, else the one chosen, else the first. */
export function focusAspect(root: HTMLElement | null, work: Work | null, answer?: number | "both-bad"): void {
  const row = root?.querySelector(`[data-aspect="${work?.aspect ?? 0}"]`);
  const wanted = answer === undefined ? "input:checked" : `input[value="${answer}"]`;
  const input = row?.querySelector<HTMLElement>(wanted) ?? row?.querySelector<HTMLElement>("input");
  input?.focus({ preventScroll: true });
}

/** Scrolls the completions by most of a page; panes that are joined follow the longest one. */
export function scrollTexts(root: HTMLElement | null, direction: 1 | -1): void {
  const texts = root?.querySelector<HTMLElement>("[data-texts]");
  if (!texts) return;
  const overflow = (element: HTMLElement) => element.scrollHeight - element.clientHeight;
  const panes = [...texts.querySelectorAll<HTMLElement>("[data-pane]")].sort((a, b) => overflow(b) - overflow(a));
  const scrolling =
    overflow(texts) > 0 ? [texts] : texts.querySelector('[data-joined="true"]') ? panes.slice(0, 1) : panes;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  for (const element of scrolling) element.scrollBy({ top: direction * element.clientHeight * 0.85, behavior });
}
