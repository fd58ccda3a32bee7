/** A stretch of a text, half-open, in UTF-16 units. */
export type Match = { start: number; end: number };

/** More places than this are not told apart by who quotes them. */
const maxMatches = 20;

/**
 * The stretches of a text that are nearest to a pattern by edit distance (insertions, deletions and substitutions count
 * 1), if that is at most `maxDistance`; left to right, none overlapping another, the first twenty. Empty where none is as
 * near.
 *
 * Sellers' dynamic programme over the text (Sellers 1980), D[i][j] = least distance of the pattern's first i characters
 * to a stretch that ends at j, whose columns are kept only down to the last value within the bound (Ukkonen 1985): about
 * maxDistance steps for a character of an ordinary text. The start of each match comes from the same programme run
 * backwards along the diagonal. Of several stretches at one place it is the one as long as the pattern, nearly.
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
  for (let i = 0; i < ends.length && matches.length < maxMatches;) {
    const first = ends[i]!;
    // Ends of one place differ by no more than its errors.
    const here: Match[] = [];
    for (; i < ends.length && ends[i]! <= first + least; i += 1) {
      here.push({ start: startOf(text, pattern, { end: ends[i]!, distance: least }), end: ends[i]! });
    }
    const free = here.filter(({ start }) => start >= (matches.at(-1)?.end ?? 0));
    if (free.length > 0) matches.push(nearestInLength(free, pattern.length));
    const next = (matches.at(-1)?.end ?? 0) + pattern.length - least;
    while (i < ends.length && ends[i]! < next) i += 1;
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

/** Of a stretch with exactly this distance that has this end. */
function startOf(text: string, pattern: string, { end, distance }: { end: number; distance: number }): number {
  const behind = reverse(text.slice(Math.max(0, end - pattern.length - distance), end));
  const reversed = reverse(pattern);
  const column = Int32Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let best: number | undefined;
  for (let length = 1; length <= behind.length; length += 1) {
    // Cells further from the diagonal than the distance are beyond it.
    const from = Math.max(1, length - distance);
    const to = Math.min(pattern.length, length + distance);
    let diagonal = column[from - 1]!;
    column[from - 1] = from === 1 ? length : distance + 1;
    for (let i = from; i <= to; i += 1) {
      const left = i === length + distance ? distance + 1 : column[i]!;
      const same = reversed.charCodeAt(i - 1) === behind.charCodeAt(length - 1);
      column[i] = Math.min(diagonal + (same ? 0 : 1), left + 1, column[i - 1]! + 1);
      diagonal = left;
    }
    if (to < pattern.length || column[to] !== distance) continue;
    if (best === undefined || Math.abs(length - pattern.length) < Math.abs(best - pattern.length)) best = length;
  }
  return end - (best ?? Math.min(end, pattern.length));
}

function nearestInLength(matches: readonly Match[], length: number): Match {
  const distanceOf = ({ start, end }: Match) => Math.abs(end - start - length);
  return matches.reduce((best, one) => (distanceOf(one) < distanceOf(best) ? one : best));
}

function reverse(text: string): string {
  let reversed = "";
  for (let at = text.length - 1; at >= 0; at -= 1) reversed += text[at]!;
  return reversed;
}
