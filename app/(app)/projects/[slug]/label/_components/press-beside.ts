/**
 * Chooses the radio button beside one that has the focus, as browsers do, but by where it stands: most of them take the
 * right arrow for the next one where that stands on the left, too. False for other keys and other things.
 */
export function pressBeside(target: EventTarget | null, key: string): boolean {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (by === undefined || !(target instanceof HTMLInputElement) || target.type !== "radio") return false;
  const group = [
    ...document.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${CSS.escape(target.name)}"]`),
  ];
  const beside = group[(group.indexOf(target) + by + group.length) % group.length]!;
  beside.focus();
  beside.click();
  return true;
}
