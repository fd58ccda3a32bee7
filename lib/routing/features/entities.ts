/** With inner points and dashes, as in 3.14 or 2024-05-01; neither the number of a list item nor part of a name. */
const numbers = /(?<![\p{L}\p{N}_.])(?!^[ \t]*\d{1,3}[.)][ \t])\d+(?:[.,:/-]\d+)*(?![\p{L}_])/gmu;

/** With an underscore or a capital inside, or called: snake_case, camelCase, HTTPServer2, foo.bar(). */
const identifiers =
  /(?<![\p{L}\p{N}])(?:[\p{L}_]+_[\p{L}\p{N}_]*|\p{Ll}+\p{Lu}[\p{L}\p{N}]*|\p{L}[\p{L}\p{N}_.]*(?=\(\)))/gu;

/** Words with a capital, one after the other. */
const capitalised = /(?<![\p{L}\p{N}_])\p{Lu}[\p{L}\p{M}\p{N}'’-]*(?:[ \t]+\p{Lu}[\p{L}\p{M}\p{N}'’-]*)*/gu;

/** What stands before a word that begins a sentence, a line, a list item or a quotation. */
const opening = /(?:[.!?:;…。！？]["'”’)\]*_]*\s+|\n[ \t]*(?:[-*+•>#|]+|\d{1,3}[.)])?[ \t]*[*_]*|["“«])$/u;

/**
 * The named things of a text, without a model: runs of capitalised words, numbers and identifiers of code. A single
 * capitalised word that begins a sentence is none unless it is written all in capitals, and an English article is no part of
 * a run. A language without capitals has numbers and foreign words alone.
 */
export function entitiesOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const pattern of [numbers, identifiers]) for (const [match] of text.matchAll(pattern)) found.add(match);
  const lines = `\n${text}`;
  for (const { 0: run, index } of lines.matchAll(capitalised)) {
    const isSingle = !/\s/.test(run);
    const isAcronym = /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(run);
    if (isSingle && !isAcronym && (run.length === 1 || opening.test(lines.slice(Math.max(0, index - 12), index))))
      continue;
    found.add(run.replaceAll(/[ \t]+/g, " ").replaceAll(/^(?:The|An?) |['’]s$/g, ""));
  }
  return found;
}
