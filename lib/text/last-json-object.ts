/** An object longer than this is not one anybody asked a model for. */
const maxTail = 100_000;
/** Characters looked at in all. Ordinary answers need their own length; only text made to be slow needs more. */
const maxSteps = 2_000_000;

/**
 * The last well-formed JSON object in a text, as models write them: after prose, in a code fence, behind drafts. An
 * object inside another one does not count. Undefined when there is none.
 */
export function lastJsonObject(text: string): Record<string, unknown> | undefined {
  const tail = text.slice(-maxTail);
  let found: Record<string, unknown> | undefined;
  let steps = 0;
  for (let start = tail.indexOf("{"); start >= 0;) {
    const end = endOfObject(tail, start);
    steps += end - start;
    if (steps > maxSteps) return undefined;
    const value = parseObject(tail.slice(start, end));
    if (value) found = value;
    start = tail.indexOf("{", value ? end : start + 1);
  }
  return found;
}

/** Index after the brace that closes the one at `start`, or the text's end. Braces in strings do not count. */
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
  return text.length;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.endsWith("}")) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
