// Without a fixed locale two machines could cut one text differently.
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * A text as steps, one a line (ended by LF, CR or both) or one a sentence (Unicode UAX 29). Joined they are the text again, character by
 * character: blanks and empty lines stay with the step before them, at the start of the text with the one after.
 */
export function cutSteps(text: string, by: "line" | "sentence"): string[] {
  const pieces = by === "line" ? text.split(/(?<=\n|\r(?!\n))/) : sentencesOf(text);
  const steps: string[] = [];
  for (const piece of pieces) {
    const before = steps.at(-1);
    if (before !== undefined && (isBlank(piece) || isBlank(before))) steps[steps.length - 1] = before + piece;
    else if (piece !== "") steps.push(piece);
  }
  return steps;
}

/**
 * The sentences of a text (Unicode UAX 29), which joined are the text again. UAX 29 tells opening from closing quotes
 * as little as brackets: without a space between, the next one's stays behind.
 */
export function sentencesOf(text: string): string[] {
  let opening = "";
  return Array.from(segmenter.segment(text), ({ segment, index }) => {
    const isLast = index + segment.length === text.length;
    const whole = opening + segment;
    opening = isLast ? "" : (/[\p{Ps}\p{Pi}]+$/u.exec(whole)?.[0] ?? "");
    return whole.slice(0, whole.length - opening.length);
  });
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
