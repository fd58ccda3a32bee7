/** A text without what quoting gets wrong, and where each of its characters came from. */
export type FoldedText = {
  /** Words and symbols in lower case, one space between them. */
  text: string;
  /** Of each UTF-16 unit of `text`: where the character it came from begins and ends in the raw text, half-open. */
  starts: number[];
  ends: number[];
};

const between = /[\s\p{P}\p{C}\p{Z}]/u;

/**
 * Folds a text so that quotes of it which differ in white space, case, width or punctuation (curly quotes, dashes,
 * asterisks of markdown) are the same: compatibility forms (NFKC) in lower case, and one space for every run of white
 * space, punctuation and control characters, none at the ends. Symbols such as + and = stay.
 */
export function foldText(raw: string): FoldedText {
  const [parts, starts, ends]: [string[], number[], number[]] = [[], [], []];
  let isBetween = false;
  let at = 0;
  for (const character of raw) {
    const end = at + character.length;
    if (between.test(character)) isBetween = true;
    else {
      if (isBetween && parts.length > 0) push(" ", at, at);
      isBetween = false;
      push(character.normalize("NFKC").toLowerCase(), at, end);
    }
    at = end;
  }
  return { text: parts.join(""), starts, ends };

  function push(folded: string, start: number, end: number): void {
    parts.push(folded);
    for (let i = 0; i < folded.length; i += 1) {
      starts.push(start);
      ends.push(end);
    }
  }
}
