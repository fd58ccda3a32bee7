import type { Bindings, CommandName } from "./bindings";

export type Command =
  { do: "scroll"; direction: 1 | -1 } | { do: CommandName | "enter-questions" | "leave-text" | "close" };

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat">;

/** Where the keyboard is when a key is pressed. */
export type Focus =
  /** In a box for text: keys type. */
  | "text"
  /** On a button or link: Enter presses it. */
  | "control"
  /** On the page or the heading of an instance, before any control. */
  | "start"
  /** Anywhere else, answers included. */
  | "elsewhere";

/** What a key means here; null leaves it to the browser. */
export function commandOf(press: Press, focus: Focus, bindings: Bindings): Command | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = press;
  if (ctrlKey || metaKey) return altKey || repeat ? null : commandOfChord(press, focus);
  if (altKey) return null;
  if (focus === "text") return key === "Escape" ? { do: "leave-text" } : null;
  if (key === "Escape") return { do: "close" };
  if (key === "PageDown" || key === "PageUp") return { do: "scroll", direction: key === "PageDown" ? 1 : -1 };
  // A key held down would submit or skip again and again.
  if (repeat) return null;
  if (key === "Tab") return focus === "start" && !shiftKey ? { do: "enter-questions" } : null;
  if (key === "Enter" && focus === "control") return null;
  const stroke = strokeOf(press);
  const name = (Object.keys(bindings) as CommandName[]).find((one) => bindings[one] === stroke);
  return name === undefined ? null : { do: name };
}

/** With Ctrl, or Cmd. These keys are the same for everybody. */
function commandOfChord(press: Press, focus: Focus): Command | null {
  if (press.key === "Enter") return { do: "submit" };
  // A text box takes back its own words.
  if (focus === "text") return null;
  const letter = latinLetter(press);
  if (letter === "z") return { do: press.shiftKey ? "redo" : "undo" };
  return letter === "y" && !press.shiftKey ? { do: "redo" } : null;
}

const answering = /^([0-9a-z=+-]|Arrow(Up|Down|Left|Right))$/;

const mirrored: Record<string, string> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

/**
 * The key by which a question may be answered, letters small and Latin; null for one that never answers here. Where the
 * page goes from right to left the completions do too: the arrow that points at the next one is then ArrowRight here.
 */
export function answerKeyOf(press: Press, focus: Focus, direction: "ltr" | "rtl" = "ltr"): string | null {
  const { key, ctrlKey, metaKey, altKey, repeat } = press;
  const isArrow = key.startsWith("Arrow");
  if (focus === "text" || ctrlKey || metaKey || altKey || (repeat && !isArrow)) return null;
  const name = latinLetter(press) || (direction === "rtl" && mirrored[key]) || key;
  return answering.test(name) ? name : null;
}

/** The small letter on the key: on a keyboard of another script the place of the key counts. Empty for other keys. */
export function latinLetter({ key, code }: Pick<Press, "key" | "code">): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^\p{L}$/u.test(key) && code.startsWith("Key") ? code.slice(3).toLowerCase() : "";
}

/** A key as bindings name it: Shift counts with letters alone, as other keys write another character with it. */
export function strokeOf(press: Pick<Press, "key" | "code" | "shiftKey">): string {
  const letter = latinLetter(press);
  if (letter !== "") return press.shiftKey ? `Shift+${letter}` : letter;
  return press.key === " " ? "Space" : press.key;
}

/** The keys that are the same for everybody, as the shortcuts dialog shows them below those of the commands. */
export const fixedKeys = [
  { does: "answer", keys: ["1", "9"] },
  { does: "bothBad", keys: ["B"] },
  { does: "cannotTell", keys: ["C"] },
  { does: "reasons", keys: ["Tab", "Space"] },
  { does: "tie", keys: ["="] },
  { does: "rankingGo", keys: ["←", "→"] },
  { does: "stepsJudge", keys: ["+", "0", "−"] },
  { does: "stepsFlag", keys: ["4", "9"] },
  { does: "stepsError", keys: ["E"] },
  { does: "stepsGo", keys: ["↑", "↓"] },
  { does: "next", keys: ["Tab"] },
  { does: "spansSelect", keys: ["←", "→"] },
  { does: "spansMark", keys: ["A", "Z"] },
  { does: "spansSeverity", keys: ["1", "9"] },
  { does: "spansMove", keys: ["Shift", "→"] },
  { does: "spansDelete", keys: ["Delete", "Backspace"] },
  { does: "spansDone", keys: ["0"] },
  { does: "leave", keys: ["Escape"] },
  { does: "submit", keys: ["Ctrl", "Enter"] },
  { does: "undo", keys: ["Ctrl", "Z"] },
  { does: "scroll", keys: ["PgDn", "PgUp"] },
] as const;
