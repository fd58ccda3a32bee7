/** Scripts that put no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * The words of a text in any language, NFKC-normalised and in lower case: runs of letters, marks and digits, an apostrophe
 * within one belonging to it. Where words stand without spaces, those of Unicode's dictionaries.
 */
export function wordsOf(text: string): string[] {
  const runs =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];
  return runs.flatMap((run) => (unspaced.test(run) ? segmentsOf(run) : run));
}

/** In pieces: V8 copies the whole text that is segmented for every segment of it. */
function segmentsOf(run: string): string[] {
  const pieces = run.match(/.{1,200}/gu)!;
  return pieces.flatMap((piece) => Array.from(segmenter.segment(piece), ({ segment }) => segment));
}
