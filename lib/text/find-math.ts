/** A formula in a text: where it stands with its delimiters (UTF-16 offsets), and whether it gets a line of its own. */
export type Formula = { start: number; end: number; isDisplay: boolean };

export type Range = { start: number; end: number };

const closers = { "\\(": "\\)", "\\[": "\\]", $$: "$$" } as const;
/** Longer ones are taken for two stray delimiters with text between them. */
const maxFormulaLength = 5000;

/**
 * The formulas of a markdown text: `\(…\)`, `\[…\]`, `$$…$$` and `$…$`, none over a blank line, none inside `code`.
 *
 * Models write all four. A single dollar is far more often money or a shell variable, so it follows pandoc's rule (no
 * space inside either dollar, no digit after the second) and one more: no letter or digit touches it from outside.
 * remark-math knows neither the backslash forms nor that rule, and it drops what stands behind an opening `$$`.
 */
export function findMath(raw: string, code: readonly Range[], limit: number): Formula[] {
  const formulas: Formula[] = [];
  const nextOf = makeFinder(raw);
  const isInCode = makeRangeTest(code);
  const opener = /\\[([]|\$\$?/g;
  for (let match = opener.exec(raw); match !== null && formulas.length < limit; match = opener.exec(raw)) {
    const start = match.index;
    if (isEscaped(raw, start) || isInCode(start)) continue;
    const end =
      match[0] === "$" ? endOfDollar(raw, start) : endOf(raw, start, closers[match[0] as keyof typeof closers], nextOf);
    if (end === null || end - start > maxFormulaLength || nextOf("blank line", start) < end) continue;
    if (code.some((range) => range.start < end && range.end > start)) continue;
    formulas.push({ start, end, isDisplay: match[0] === "$$" || match[0] === "\\[" });
    opener.lastIndex = end;
  }
  return formulas;
}

/** A formula's TeX: what stands between its delimiters, without the marks of a quotation that it runs through. */
export function texOf(source: string): string {
  const width = source.startsWith("$") && !source.startsWith("$$") ? 1 : 2;
  return source
    .slice(width, -width)
    .replaceAll(/\n[ \t]*(?:>[ \t]?)+/g, "\n")
    .trim();
}

function endOf(raw: string, start: number, closer: string, nextOf: Finder): number | null {
  const at = nextOf(closer, start + 2);
  return at === Infinity || raw.slice(start + 2, at).trim() === "" ? null : at + closer.length;
}

function endOfDollar(raw: string, start: number): number | null {
  if (/[\p{L}\d]/u.test(raw[start - 1] ?? "") || /[\s$]/.test(raw[start + 1] ?? " ")) return null;
  const limit = Math.min(raw.length, start + maxFormulaLength);
  for (let at = start + 1; at < limit; at++) {
    if (raw[at] === "\\") at++;
    else if (raw[at] === "$") return /\s/.test(raw[at - 1]!) || /[\p{L}\d$]/u.test(raw[at + 1] ?? "") ? null : at + 1;
  }
  return null;
}

/** A backslash escapes what follows unless it is escaped itself. */
function isEscaped(raw: string, at: number): boolean {
  let backslashes = 0;
  while (raw[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

type Finder = (what: string, from: number) => number;

/** Where something next occurs at or behind an offset. Remembers its last answers, or openers without closers cost n². */
function makeFinder(raw: string): Finder {
  const found = new Map<string, number>();
  return (what, from) => {
    const known = found.get(what);
    if (known !== undefined && known >= from) return known;
    const at = what === "blank line" ? searchFrom(raw, /\n[ \t]*\n/g, from) : raw.indexOf(what, from);
    const answer = at === -1 ? Infinity : at;
    found.set(what, answer);
    return answer;
  };
}

function searchFrom(raw: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(raw)?.index ?? -1;
}

/** Tests ascending offsets against ascending ranges. */
function makeRangeTest(ranges: readonly Range[]): (at: number) => boolean {
  let index = 0;
  return (at) => {
    while (index < ranges.length && ranges[index]!.end <= at) index++;
    return index < ranges.length && ranges[index]!.start <= at;
  };
}
