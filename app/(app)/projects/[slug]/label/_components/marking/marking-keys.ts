import { latinLetter, type Focus } from "../keys";
import type { SpanCategory } from "../questions/span-categories";

export type Direction = "forward" | "backward";

/** What a key does to the texts that are being marked. */
export type MarkingCommand =
  | { do: "categorise"; category: string }
  | { do: "rate"; severity: string }
  | { do: "remove" | "let-go" }
  /** Selects the next word or goes to the next line; with Shift the selection grows. */
  | { do: "word" | "line"; direction: Direction; grows: boolean }
  /** Moves an end of the span that is picked by a word. */
  | { do: "move"; edge: "start" | "end"; direction: Direction };

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

type State = {
  focus: Focus;
  /** What of the texts is held: a selection, or a span that is picked. */
  held: "selection" | "span" | null;
  /** Keys are about this question. */
  isActive: boolean;
  categories: readonly SpanCategory[];
  severities: readonly string[];
  /** The text at the selection goes from right to left, and so do words on the keys. */
  isRightToLeft: boolean;
};

type Arrow = { step: "word" | "line"; direction: Direction };

const arrows: Record<string, Arrow> = {
  ArrowRight: { step: "word", direction: "forward" },
  ArrowLeft: { step: "word", direction: "backward" },
  ArrowDown: { step: "line", direction: "forward" },
  ArrowUp: { step: "line", direction: "backward" },
};

/** What a key means while texts can be marked; null leaves it to the page. */
export function markingCommandOf(
  press: Press,
  { focus, held, isActive, categories, severities, isRightToLeft }: State,
): MarkingCommand | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (focus === "text" || ctrlKey || metaKey || altKey) return null;
  return (held && isActive ? ofHeld() : null) ?? ofPage();

  function ofHeld(): MarkingCommand | null {
    if (key === "Escape") return { do: "let-go" };
    const category = shiftKey ? undefined : categories.find((one) => one.key === latinLetter(press));
    if (category) return { do: "categorise", category: category.id };
    if (held !== "span") return null;
    if (key === "Delete" || key === "Backspace") return { do: "remove" };
    const severity = severities[Number(key) - 1];
    if (severity !== undefined) return { do: "rate", severity };
    const arrow = arrowOf();
    if (!arrow || !shiftKey) return null;
    return { do: "move", edge: arrow.step === "word" ? "end" : "start", direction: arrow.direction };
  }

  function arrowOf(): Arrow | undefined {
    const arrow = arrows[key];
    if (!arrow || arrow.step === "line" || !isRightToLeft) return arrow;
    return { step: "word", direction: arrow.direction === "forward" ? "backward" : "forward" };
  }

  function ofPage(): MarkingCommand | null {
    const arrow = isActive ? arrowOf() : undefined;
    return arrow ? { do: arrow.step, direction: arrow.direction, grows: shiftKey } : null;
  }
}
