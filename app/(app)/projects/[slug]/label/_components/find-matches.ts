type Match = { start: number; end: number };

/** Where words stand in a text, in UTF-16 units, whatever their case and the kind of space between them. */
export function findMatches(text: string, wanted: string): Match[] {
  const words = wanted.trim().split(/\s+/).map(escape);
  if (words[0] === "") return [];
  const pattern = new RegExp(words.join("\\s+"), "giu");
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ start: index, end: index + found.length }));
}

function escape(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
