import { makeCodePointCounter } from "./code-points";
import { sentencesOf } from "./cut-steps";

/** A stretch of a text, half-open, in Unicode code points, and what it says. */
export type Segment = { start: number; end: number; text: string };

/** Words on either side without which a mark inside of a sentence cuts nothing. */
const fewestWords = 5;

/**
 * A text as the segments of which annotators mark errors (Wu et al., "Fine-grained human feedback gives better rewards for
 * language model training"): its sentences (Unicode UAX 29), and of these the parts that end after , ; ! or ? before a
 * space, where both the part and the rest of the sentence have at least five words. Blanks around a segment belong to none.
 */
export function cutSegments(text: string): Segment[] {
  return placeParts(text, sentencesOf(text).flatMap(cutSentence));
}

/** The sentences of a text (Unicode UAX 29) in the same form. */
export function cutSentences(text: string): Segment[] {
  return placeParts(text, sentencesOf(text));
}

/** Parts that joined are the text, without the blanks around them. */
function placeParts(text: string, parts: readonly string[]): Segment[] {
  const codePointAt = makeCodePointCounter(text);
  const segments: Segment[] = [];
  let at = 0;
  for (const part of parts) {
    const said = part.trim();
    if (said !== "") {
      const from = at + part.indexOf(said);
      segments.push({ start: codePointAt(from), end: codePointAt(from + said.length), text: said });
    }
    at += part.length;
  }
  return segments;
}

function cutSentence(sentence: string): string[] {
  const parts: string[] = [];
  const all = countWords(sentence);
  let [from, before, inPart, seen] = [0, 0, 0, 0];
  for (const { index, 0: mark } of sentence.matchAll(/[,;!?]+(?=\s)/g)) {
    const to = index + mark.length;
    const words = countWords(sentence.slice(before, to));
    [before, inPart, seen] = [to, inPart + words, seen + words];
    if (inPart < fewestWords || all - seen < fewestWords) continue;
    parts.push(sentence.slice(from, to));
    [from, inPart] = [to, 0];
  }
  return [...parts, sentence.slice(from)];
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
