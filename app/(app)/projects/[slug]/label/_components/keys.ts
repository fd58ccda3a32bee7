export type Command =
  | { do: "scroll"; direction: 1 | -1 }
  | {
      do:
        | "enter-questions"
        | "submit"
        | "previous"
        | "undo"
        | "skip"
        | "guidelines"
        | "differences"
        | "source"
        | "reason"
        | "help"
        | "leave-text"
        | "close";
    };

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

const letters: Record<string, Command> = {
  u: { do: "undo" },
  s: { do: "skip" },
  g: { do: "guidelines" },
  r: { do: "reason" },
  x: { do: "differences" },
  m: { do: "source" },
};

/** What a key means here; null leaves it to the browser. */
export function commandOf(press: Press, focus: Focus): Command | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = press;
  if (key === "Enter" && (ctrlKey || metaKey)) return repeat ? null : { do: "submit" };
  if (ctrlKey || metaKey || altKey) return null;
  if (focus === "text") return key === "Escape" ? { do: "leave-text" } : null;
  if (key === "Escape") return { do: "close" };
  if (key === "PageDown" || key === "PageUp") return { do: "scroll", direction: key === "PageDown" ? 1 : -1 };
  // A key held down would submit or skip again and again.
  if (repeat) return null;
  if (key === "Enter") return focus === "control" ? null : { do: "submit" };
  if (key === "Backspace") return { do: "previous" };
  if (key === "Tab") return focus === "start" && !shiftKey ? { do: "enter-questions" } : null;
  if (key === "?") return { do: "help" };
  return shiftKey ? null : (letters[latinLetter(press)] ?? null);
}

const answering = /^([0-9a-z=+-]|Arrow(Up|Down|Left|Right))$/;

/** The key by which a question may be answered, letters small and Latin; null for one that never answers here. */
export function answerKeyOf(press: Press, focus: Focus): string | null {
  const { key, ctrlKey, metaKey, altKey, repeat } = press;
  const isArrow = key.startsWith("Arrow");
  if (focus === "text" || ctrlKey || metaKey || altKey || (repeat && !isArrow)) return null;
  const name = latinLetter(press) || key;
  return answering.test(name) ? name : null;
}

/** The small letter on the key: on a keyboard of another script the place of the key counts. Empty for other keys. */
export function latinLetter({ key, code }: Pick<Press, "key" | "code">): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^\p{L}$/u.test(key) && code.startsWith("Key") ? code.slice(3).toLowerCase() : "";
}

/** The one table of keys, as the shortcuts dialog shows it. */
export const keyTable: { keys: string[]; does: string }[] = [
  {
    keys: ["1", "9"],
    does: "Answer the current question: a point, a category or a rank; 1 is yes and 2 is no; 0 is 10",
  },
  { keys: ["B"], does: "Both bad" },
  { keys: ["="], does: "In a ranking, tie with the one above" },
  { keys: ["←", "→"], does: "In a ranking, go to another completion" },
  { keys: ["+", "0", "−"], does: "Steps: good, neutral or bad, and on to the next step" },
  { keys: ["4", "9"], does: "Steps: set or clear a flag of the step" },
  { keys: ["E"], does: "Steps: the first error is in this bad step, or it is none" },
  { keys: ["↑", "↓"], does: "Steps: previous and next step; ← and → go to the other completions" },
  { keys: ["Tab"], does: "Next question or completion; with Shift the previous one" },
  { keys: ["Enter"], does: "Submit and go to the next instance; the first unanswered question when one is left" },
  { keys: ["Backspace"], does: "Previous instance, to look at it again or correct it" },
  { keys: ["U"], does: "Undo the last change of an answer" },
  { keys: ["S"], does: "Skip this instance" },
  { keys: ["R"], does: "Write the reason" },
  {
    keys: ["←", "→"],
    does: "Spans: select the previous or next word; with Shift the selection grows. ↑ and ↓ go by lines",
  },
  { keys: ["A", "Z"], does: "Spans: mark what is selected with the category of this letter" },
  { keys: ["1", "9"], does: "Spans: the severity of the span that was marked or picked" },
  { keys: ["Shift", "→"], does: "Spans: move the end of a picked span by a word; with ↑ and ↓ its start" },
  { keys: ["Delete", "Backspace"], does: "Spans: delete the picked span" },
  { keys: ["0"], does: "Spans: done with this completion, whether something is marked or not" },
  { keys: ["X"], does: "Show or hide which words only one of two completions has" },
  { keys: ["M"], does: "Show the texts as they were written, or as they look" },
  { keys: ["Escape"], does: "Leave a text box; close what is open; let go of a span" },
  { keys: ["Ctrl", "Enter"], does: "Submit from within a text box" },
  { keys: ["PgDn", "PgUp"], does: "Scroll both completions" },
  { keys: ["G"], does: "Show or hide the guidelines" },
  { keys: ["?"], does: "Show this table" },
];
