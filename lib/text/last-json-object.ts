/** An object longer than this is not one anybody asked a model for. */
const maxTail = 100_000;
/** Characters looked at in all. Ordinary answers need their own length; only text made to be slow needs more. */
const maxSteps = 2_000_000;
/** A brace that nothing but an object of JSON begins with; one in prose or a formula may be anything. */
const opening = /\{\s*"/y;

export type FoundObject = {
  value: Record<string, unknown>;
  /** Where it stands in the text: half-open, in UTF-16 units. */
  start: number;
  end: number;
  /**
   * False where it stands within, or before, another one that is not well formed: it may then be a part or a draft of
   * that. One before it that never ends is a quotation.
   */
  isClear: boolean;
};

/** The value of `findLastJsonObject`. */
export function lastJsonObject(text: string): Record<string, unknown> | undefined {
  return findLastJsonObject(text)?.value;
}

/**
 * The last well-formed JSON object in a text, as models write them: after prose, in a code fence, behind drafts. An
 * object inside another one does not count. Undefined when there is none.
 */
export function findLastJsonObject(text: string): FoundObject | undefined {
  const tail = text.slice(-maxTail);
  const offset = text.length - tail.length;
  let found: FoundObject | undefined;
  let steps = 0;
  let brokenUntil = 0;
  for (let start = tail.indexOf("{"); start >= 0;) {
    const end = endOfObject(tail, start);
    steps += end - start;
    if (steps > maxSteps) return undefined;
    const value = parseObject(tail.slice(start, end));
    if (value) found = { value, start: offset + start, end: offset + end, isClear: start >= brokenUntil };
    else if (opensObject(tail, start)) {
      if (end <= tail.length) brokenUntil = Math.max(brokenUntil, end);
      if (found) found = { ...found, isClear: false };
    }
    start = tail.indexOf("{", value ? end : start + 1);
  }
  return found;
}

/** Index after the brace that closes the one at `start`, or one past the text's end. Braces in strings do not count. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === "{") depth += 1;
    else if (sign === "}" && --depth === 0) return at + 1;
  }
  return text.length + 1;
}

function opensObject(text: string, at: number): boolean {
  opening.lastIndex = at;
  return opening.test(text);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.endsWith("}")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
