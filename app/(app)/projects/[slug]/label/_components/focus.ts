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

const stops = 'input:not([tabindex="-1"]), textarea, button:not([tabindex="-1"]), [tabindex="0"]';

/**
 * Moves the focus to what answers at the place that keys are about, without changing the answer; its row comes in sight.
 * The heading has it where what had it is not there or not in use any more.
 */
export function focusPlace(root: HTMLElement | null, work: Work | null, { entersText = true } = {}): void {
  const place = root?.querySelector<HTMLElement>(`[data-place="${work?.place ?? 0}"]`);
  const stop = place?.matches(stops) ? place : place?.querySelector<HTMLElement>(stops);
  if (entersText || !stop?.matches(textBoxes)) stop?.focus({ preventScroll: true });
  if (document.activeElement?.matches("body, :disabled")) focusStart(root);
  (stop?.closest("[data-row]") ?? stop)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Takes the focus out of a text box, or of what is about to go away: to the place that keys are about, unless a box is it. */
export function leaveText(root: HTMLElement | null, work: Work | null): void {
  focusPlace(root, work);
  const active = document.activeElement;
  const isAtPlace = active?.matches(stops) && active.closest(`[data-place="${work?.place ?? 0}"]`) !== null;
  if (!isAtPlace || active?.matches(textBoxes)) focusStart(root);
}

function focusStart(root: HTMLElement | null): void {
  root?.querySelector<HTMLElement>("[data-start]")?.focus({ preventScroll: true });
}

/** What is answered at a place, for who only hears it; null where the focus on the answer says it already. */
export function unheardAt(root: HTMLElement | null, place: number): string[] | null {
  const element = root?.querySelector<HTMLElement>(`[data-place="${place}"]`);
  const chosen = element?.querySelector<HTMLElement>("input:checked");
  const row = element?.closest("[data-row]");
  const remarks = row?.querySelectorAll('[aria-pressed="true"]') ?? [];
  const ticked = row?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]:checked') ?? [];
  const words = [
    chosen?.ariaLabel,
    ...[...ticked].map((one) => one.labels?.[0]?.textContent),
    ...[...remarks].map((one) => one.firstElementChild?.textContent),
  ];
  const said = words.filter((one) => one !== null && one !== undefined);
  return said.length === 0 || (chosen === document.activeElement && remarks.length + ticked.length === 0) ? null : said;
}

/** Scrolls the completions by most of a page; panes that are joined follow the longest one. */
export function scrollTexts(root: HTMLElement | null, direction: 1 | -1): void {
  const texts = root?.querySelector<HTMLElement>("[data-texts]");
  if (!texts) return;
  const overflow = (element: HTMLElement) => element.scrollHeight - element.clientHeight;
  const panes = [...texts.querySelectorAll<HTMLElement>("[data-pane]")].sort((a, b) => overflow(b) - overflow(a));
  const scrolling =
    overflow(texts) > 0 ? [texts] : texts.querySelector('[data-joined="true"]') ? panes.slice(0, 1) : panes;
  const isStill =
    document.documentElement.dataset.motion === "none" || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = isStill ? "auto" : "smooth";
  for (const element of scrolling) element.scrollBy({ top: direction * element.clientHeight * 0.85, behavior });
}
