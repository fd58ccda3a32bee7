import { isMajority, plurality, sumOf, type Weighted } from "./plurality";

/** A marked stretch of a text: half-open, in Unicode code points. */
export type MarkedSpan = {
  readonly start: number;
  readonly end: number;
  readonly category: string;
  readonly severity?: string | undefined;
};

export type ConsensusSpan = {
  start: number;
  end: number;
  category: string;
  /** What most of the weight of those who marked it says; null where they gave none or none is ahead. */
  severity: string | null;
  /** Mean share, over the span's code points, of the weight that marked them with the category, in (0, 1]. */
  share: number;
};

export type SpanConsensus = {
  /** By start, end and category. */
  spans: ConsensusSpan[];
  /**
   * Share of the weight that agrees with the outcome, averaged over the code points that anybody marked, each once for
   * every category it got: 1 where nobody marked anything.
   */
  confidence: number;
};

/** What one annotator marked in a text they looked at; empty when they found nothing. */
export type SpanVote = Weighted<readonly MarkedSpan[]>;

/** A stretch in which the same annotators marked a category. */
type Piece = { start: number; end: number; share: number };

/** Runs with no more code points than this between them are one span. */
const widestGap = 2;

/**
 * Where annotators who looked at one text agree: s_c(t) = sum_a w_a 1[a marked code point t with c] / sum w_a. A consensus
 * span of c is a maximal run with s_c > 1/2, runs with a gap of at most 2 code points between them being one. An
 * annotator's overlapping spans of one category count once; spans without a code point (start = end) mark nothing.
 *
 * Categories are decided one by one, so spans of two may overlap where annotators may mark both. Exactly half is no
 * majority. Returns null when nobody looked.
 */
export function spanConsensus(votes: readonly SpanVote[]): SpanConsensus | null {
  if (votes.length === 0) return null;
  const total = sumOf(votes.map(({ weight }) => weight));
  const spans: ConsensusSpan[] = [];
  let [agreeing, marked] = [0, 0];
  for (const category of categoriesOf(votes)) {
    const pieces = piecesOf(category, votes, total);
    const runs = joinRuns(
      pieces.filter(({ share }) => isMajority(share, 1)),
      widestGap,
    );
    for (const run of runs) {
      const severity = severityOf(category, run, votes);
      spans.push({ ...run, category, severity, share: meanShare(pieces, run) });
    }
    for (const { start, end, share } of pieces.filter((piece) => piece.share > 0)) {
      const isInside = runs.some((run) => run.start <= start && end <= run.end);
      agreeing += (end - start) * (isInside ? share : 1 - share);
      marked += end - start;
    }
  }
  spans.sort((a, b) => a.start - b.start || a.end - b.end || (a.category < b.category ? -1 : 1));
  return { spans, confidence: marked === 0 ? 1 : agreeing / marked };
}

function categoriesOf(votes: readonly SpanVote[]): string[] {
  return [...new Set(votes.flatMap(({ value }) => value.map(({ category }) => category)))].sort();
}

/** The share of the weight between any two borders of spans of the category, from the first border to the last. */
function piecesOf(category: string, votes: readonly SpanVote[], total: number): Piece[] {
  const marks = votes.map(({ value, weight }) => ({ weight, runs: joinRuns(ofCategory(value, category), 0) }));
  const borders = [...new Set(marks.flatMap(({ runs }) => runs.flatMap(({ start, end }) => [start, end])))];
  borders.sort((a, b) => a - b);
  const placeOf = new Map(borders.map((border, place) => [border, place]));
  const weights = borders.slice(1).map(() => 0);
  for (const { weight, runs } of marks) {
    for (const { start, end } of runs) {
      for (let place = placeOf.get(start)!; place < placeOf.get(end)!; place++) weights[place]! += weight;
    }
  }
  return weights.map((weight, i) => ({ start: borders[i]!, end: borders[i + 1]!, share: weight / total }));
}

function ofCategory(spans: readonly MarkedSpan[], category: string): MarkedSpan[] {
  return spans.filter((span) => span.category === category && span.start < span.end);
}

type Run = { start: number; end: number };

/** The stretches that these cover, those joined that overlap or have no more than `gap` code points between them. */
function joinRuns(runs: readonly Run[], gap: number): Run[] {
  const joined: Run[] = [];
  for (const { start, end } of [...runs].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start - last.end <= gap) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

function meanShare(pieces: readonly Piece[], run: Run): number {
  return sumOf(pieces.map((piece) => overlap(piece, run) * piece.share)) / (run.end - run.start);
}

/** One vote for each annotator who marked some of the run: the severity that covers most of it. */
function severityOf(category: string, run: Run, votes: readonly SpanVote[]): string | null {
  const said = votes.flatMap(({ value, weight }) => {
    const within = ofCategory(value, category)
      .filter((span) => overlap(span, run) > 0)
      .map((span) => ({ value: span.severity ?? null, weight: overlap(span, run) }));
    const severity = plurality(within)?.answer ?? null;
    return severity === null ? [] : [{ value: severity, weight }];
  });
  return plurality(said)?.answer ?? null;
}

function overlap(a: Run, b: Run): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
