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
 * maxDistance steps for a character; and it is run only where the text has enough of the pattern. The start of each match comes from the same programme run
 * backwards along the diagonal. Of several stretches at one place it is the one as long as the pattern, nearly.
 */
export function approximateMatches(text: string, pattern: string, maxDistance: number): Match[] {
  let least = maxDistance;
  let ends: number[] = [];
  for (const { start, end } of placesToLook(text, pattern, maxDistance)) {
    scan(text.slice(start, end), pattern, least, (endWithin, distance) => {
      if (distance < least) ends = [];
      least = distance;
      ends.push(start + endWithin);
    });
  }
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

/** A hash of three characters has this many values. */
const hashes = 1 << 16;

/**
 * Where a stretch within the distance can be, in order: a text of length m and a stretch within k errors of it have at
 * least m - 2 - 3 k trigrams in common, as every error spoils three (Jokinen & Ukkonen 1991), and the stretch is no
 * longer than m + k. Trigrams are told apart by a hash, which can only add places.
 */
function placesToLook(text: string, pattern: string, bound: number): Match[] {
  const wanted = pattern.length - 2 - 3 * bound;
  if (wanted <= 0) return [{ start: 0, end: text.length }];
  const isInPattern = new Uint8Array(hashes);
  for (let at = 0; at + 2 < pattern.length; at += 1) isInPattern[hashAt(pattern, at)] = 1;
  const longest = pattern.length + bound;
  const places: Match[] = [];
  let shared = 0;
  // A window of the longest stretch goes over the text; `at` is its last trigram.
  for (let at = 0; at + 2 < text.length; at += 1) {
    shared += isInPattern[hashAt(text, at)]!;
    if (at > longest - 3) shared -= isInPattern[hashAt(text, at - (longest - 2))]!;
    if (shared < wanted) continue;
    const [start, end] = [Math.max(0, at + 3 - longest), at + 3];
    const last = places.at(-1);
    if (last && start <= last.end) last.end = end;
    else places.push({ start, end });
  }
  return places;
}

function hashAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) % hashes;
}

/** Calls back with every end of a stretch within the distance of the pattern, and no further away than those before. */
function scan(text: string, pattern: string, bound: number, found: (end: number, distance: number) => void): void {
  const column = Int32Array.from({ length: pattern.length + 1 }, (_, i) => i);
  let least = bound;
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
    if (active < pattern.length || column[active]! > least) continue;
    least = column[active]!;
    found(at + 1, least);
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
