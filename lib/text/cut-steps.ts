// Without a fixed locale two machines could cut one text differently.
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * A text as steps, one a line (ended by LF, CR or both) or one a sentence (Unicode UAX 29). Joined they are the text again, character by
 * character: blanks and empty lines stay with the step before them, at the start of the text with the one after.
 */
export function cutSteps(text: string, by: "line" | "sentence"): string[] {
  const pieces =
    by === "line" ? text.split(/(?<=\n|\r(?!\n))/) : Array.from(segmenter.segment(text), ({ segment }) => segment);
  const steps: string[] = [];
  for (const piece of pieces) {
    const before = steps.at(-1);
    if (before !== undefined && (isBlank(piece) || isBlank(before))) steps[steps.length - 1] = before + piece;
    else if (piece !== "") steps.push(piece);
  }
  return steps;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
