import { expect, test } from "vitest";
import golden from "./consensus-golden.json";
import { spanConsensus, type MarkedSpan } from "./span-consensus";

const span = (start: number, end: number, category = "c", severity?: string): MarkedSpan => ({
  ...{ start, end, category },
  ...(severity !== undefined && { severity }),
});
const people = (...votes: MarkedSpan[][]) => votes.map((value) => ({ value, weight: 1 }));

test("a span is where more than half marked the category", () => {
  // [4, 6) has 2 of 3, [2, 4) and [6, 9) have 1 of 3.
  const { spans, confidence } = spanConsensus(people([span(2, 6)], [span(4, 9)], []))!;
  expect(spans).toEqual([{ start: 4, end: 6, category: "c", severity: null, share: 2 / 3 }]);
  // Two code points agree by 2/3, five by 1 - 1/3.
  expect(confidence).toBeCloseTo(2 / 3, 12);
});

test("the share of a span is the mean over its code points", () => {
  // [0, 4) has 3 of 3, [4, 10) has 2 of 3.
  const { spans } = spanConsensus(people([span(0, 10)], [span(0, 10)], [span(0, 4)]))!;
  expect(spans).toMatchObject([{ start: 0, end: 10 }]);
  expect(spans[0]!.share).toBeCloseTo((4 + 4) / 10, 12);
});

test("half is not enough, and with one of two nothing is agreed on", () => {
  expect(spanConsensus(people([span(0, 5)], []))).toEqual({ spans: [], confidence: 0.5 });
});

test("runs with at most two code points between them are one span", () => {
  const of = (gap: number) => people([span(0, 3), span(3 + gap, 9)]);
  expect(spanConsensus(of(2))!.spans).toEqual([{ start: 0, end: 9, category: "c", severity: null, share: 7 / 9 }]);
  expect(spanConsensus(of(3))!.spans).toMatchObject([
    { start: 0, end: 3 },
    { start: 6, end: 9 },
  ]);
});

test("categories are decided apart, and an annotator's overlapping spans count once", () => {
  const { spans } = spanConsensus(people([span(0, 4, "a"), span(2, 6, "a"), span(0, 6, "b")], [span(0, 6, "b")], []))!;
  expect(spans).toEqual([{ start: 0, end: 6, category: "b", severity: null, share: 2 / 3 }]);
});

test("judges weigh less than people", () => {
  const judge = { value: [span(0, 5)], weight: 0.4 };
  expect(spanConsensus([...people([]), judge, judge])!.spans).toEqual([]);
  expect(spanConsensus([...people([]), judge, judge, judge])!.spans).toMatchObject([{ start: 0, end: 5 }]);
});

test("severity is what most of those say who marked the span", () => {
  const votes = people([span(0, 10, "c", "major")], [span(0, 10, "c", "minor")], [span(1, 9, "c", "minor")], []);
  // At either end 2 of 4 marked, which is no majority.
  expect(spanConsensus(votes)!.spans).toMatchObject([{ start: 1, end: 9, severity: "minor" }]);
  // One vote each: most of the second one's marks within the span are major.
  const mixed = people([span(0, 10, "c", "major")], [span(0, 3, "c", "minor"), span(3, 10, "c", "major")]);
  expect(spanConsensus(mixed)!.spans).toMatchObject([{ severity: "major" }]);
  const drawn = people([span(0, 4, "c", "major")], [span(0, 4, "c", "minor")]);
  expect(spanConsensus(drawn)!.spans).toMatchObject([{ severity: null }]);
});

test("who looked and marked nothing, or only a place between two characters, agrees that nothing is there", () => {
  expect(spanConsensus(people([], [span(3, 3)]))).toEqual({ spans: [], confidence: 1 });
  expect(spanConsensus([])).toBeNull();
});

test.each(golden.spans.map((one) => ({ ...one, voters: one.weights.length })))(
  "spans of $voters annotators with weights $weights are those of counting every code point",
  ({ votes, weights, spans, confidence }) => {
    const found = spanConsensus(votes.map((value, i) => ({ value, weight: weights[i]! })))!;
    expect(found.spans.map(({ share: _, severity: __, ...place }) => place)).toEqual(
      spans.map(({ share: _, ...place }) => place),
    );
    found.spans.forEach(({ share }, i) => expect(share).toBeCloseTo(spans[i]!.share, 10));
    expect(found.confidence).toBeCloseTo(confidence, 10);
  },
);
