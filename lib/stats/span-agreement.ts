/** A marked stretch of a text: half-open, in code points. */
export type Stretch = { readonly start: number; readonly end: number; readonly category: string };

/** Two spans of one category are the same find when they share at least half of what they cover together. */
const leastOverlap = 0.5;

/**
 * F1 of the code points that two annotators marked in one text, whatever the category: 2 |A and B| / (|A| + |B|). 1 where
 * neither marked anything.
 */
export function pointF1(a: readonly Stretch[], b: readonly Stretch[]): number {
  const [runsA, runsB] = [joined(a), joined(b)];
  const [sizeA, sizeB] = [sizeOf(runsA), sizeOf(runsB)];
  if (sizeA + sizeB === 0) return 1;
  let shared = 0;
  for (const one of runsA)
    for (const other of runsB) shared += Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
  return (2 * shared) / (sizeA + sizeB);
}

/**
 * F1 of the spans of two annotators of one text: 2 matches / (|A| + |B|), where spans match one to one, the best overlap
 * first, if they have one category and an intersection of at least half of their union. 1 where neither marked anything.
 */
export function spanF1(a: readonly Stretch[], b: readonly Stretch[]): number {
  if (a.length + b.length === 0) return 1;
  const candidates = a.flatMap((one, i) =>
    b.flatMap((other, j) => {
      const overlap = one.category === other.category ? intersectionOverUnion(one, other) : 0;
      return overlap >= leastOverlap ? [{ i, j, overlap }] : [];
    }),
  );
  candidates.sort((x, y) => y.overlap - x.overlap || x.i - y.i || x.j - y.j);
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  for (const { i, j } of candidates) {
    if (usedA.has(i) || usedB.has(j)) continue;
    usedA.add(i);
    usedB.add(j);
  }
  return (2 * usedA.size) / (a.length + b.length);
}

type Run = { start: number; end: number };

function joined(spans: readonly Stretch[]): Run[] {
  const runs: Run[] = [];
  for (const { start, end } of spans.filter((span) => span.start < span.end).sort((x, y) => x.start - y.start)) {
    const last = runs.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else runs.push({ start, end });
  }
  return runs;
}

function sizeOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { start, end }) => sum + end - start, 0);
}

function intersectionOverUnion(a: Run, b: Run): number {
  const shared = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  const union = a.end - a.start + (b.end - b.start) - shared;
  return union === 0 ? 0 : shared / union;
}
