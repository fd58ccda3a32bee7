/** A stretch of a text, half-open, in UTF-16 units. */
export type Match = { start: number; end: number };

/**
 * The stretches of a text that are nearest to a pattern by edit distance (insertions, deletions and substitutions count
 * 1), if that is at most `maxDistance`; left to right, none overlapping another. Empty where none is as near.
 *
 * Sellers' dynamic programme over the text (Sellers 1980), D[i][j] = least distance of the pattern's first i characters
 * to a stretch that ends at j, whose columns are kept only down to the last value within the bound (Ukkonen 1985): about
 * maxDistance steps for a character of an ordinary text. The start of each match comes from the same programme run
 * backwards; of several it is the one that makes the match as long as the pattern, nearly.
 */
export function approximateMatches(text: string, pattern: string, maxDistance: number): Match[] {
  let least = maxDistance;
  let ends: number[] = [];
  scan(text, pattern, maxDistance, (end, distance) => {
    if (distance > least) return;
    if (distance < least) ends = [];
    least = distance;
    ends.push(end);
  });
  const matches: Match[] = [];
  for (const end of ends) {
    const match = { start: startOf(text, pattern, { end, distance: least }), end };
    const last = matches.at(-1);
    if (!last || match.start >= last.end) matches.push(match);
    else if (isNearer(match, last, pattern.length)) matches[matches.length - 1] = match;
  }
  return matches;
}

/** Calls back with every end of a stretch within the distance of the pattern. */
function scan(text: string, pattern: string, bound: number, found: (end: number, distance: number) => void): void {
  const column = Int32Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let active = Math.min(pattern.length, bound);
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    // The cell below the last one within the bound can be within it by a match alone.
    const last = Math.min(pattern.length, active + 1);
    let diagonal = 0;
    for (let i = 1; i <= last; i += 1) {
      const left = i <= active ? column[i]! : bound + 1;
      const substituted = diagonal + (pattern.charCodeAt(i - 1) === sign ? 0 : 1);
      diagonal = left;
      column[i] = Math.min(substituted, left + 1, column[i - 1]! + 1);
    }
    active = last;
    while (column[active]! > bound) active -= 1;
    if (active === pattern.length) found(at + 1, column[active]!);
  }
}

function startOf(text: string, pattern: string, { end, distance }: { end: number; distance: number }): number {
  const behind = reverse(text.slice(Math.max(0, end - pattern.length - distance), end));
  const column = Int32Array.from({ length: pattern.length + 1 }, (_, i) => i);
  const reversed = reverse(pattern);
  let best: number | undefined;
  for (let length = 1; length <= behind.length; length += 1) {
    let diagonal = column[0]!;
    column[0] = length;
    for (let i = 1; i <= reversed.length; i += 1) {
      const left = column[i]!;
      const same = reversed.charCodeAt(i - 1) === behind.charCodeAt(length - 1);
      column[i] = Math.min(diagonal + (same ? 0 : 1), left + 1, column[i - 1]! + 1);
      diagonal = left;
    }
    if (column[reversed.length] !== distance) continue;
    if (best === undefined || Math.abs(length - pattern.length) < Math.abs(best - pattern.length)) best = length;
  }
  return end - (best ?? Math.min(end, pattern.length));
}

function isNearer(one: Match, other: Match, length: number): boolean {
  return Math.abs(one.end - one.start - length) < Math.abs(other.end - other.start - length);
}

function reverse(text: string): string {
  let reversed = "";
  for (let at = text.length - 1; at >= 0; at -= 1) reversed += text[at]!;
  return reversed;
}
