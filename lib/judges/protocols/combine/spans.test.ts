import fc from "fast-check";
import { expect, test } from "vitest";
import { combineSpans } from "./spans";

type Span = { start: number; end: number; category: string; severity?: string; note?: string };
const marking = (...spans: Span[]) => ({ kind: "spans" as const, spans, unaligned: [] });
const at = (start: number, end: number, more: Partial<Span> = {}): Span => ({ start, end, category: "wrong", ...more });
const unread = { kind: "invalid" as const };

test("what more than half of the samples mark counts, by hand", () => {
  const joined = combineSpans([
    marking(at(0, 10, { severity: "minor" })),
    marking(at(5, 15, { severity: "minor", note: "why" })),
    marking(at(5, 12, { severity: "major" }), at(30, 40)),
  ]);
  expect(joined).toMatchObject({
    outcome: "answered",
    payload: { spans: [{ start: 5, end: 12, category: "wrong", severity: "minor", note: "why" }] },
    basis: "samples",
  });
  expect(joined.confidence).toBeLessThan(1);
});

test("one sample stays as it is, but for its order", () => {
  const spans = [at(11, 15), at(0, 10), at(0, 10, { category: "vague", note: "n" })];
  expect(combineSpans([marking(...spans)])).toEqual({
    ...{ outcome: "answered", confidence: 1, basis: "samples", unaligned: [] },
    payload: { spans: [at(0, 10, { category: "vague", note: "n" }), at(0, 10), at(11, 15)] },
  });
});

test("nothing found is an answer, and quotes without a place are kept", () => {
  expect(combineSpans([marking(), marking()])).toMatchObject({ payload: { spans: [] }, confidence: 1 });
  const quote = { quote: "not there", category: "wrong" };
  const joined = combineSpans([{ ...marking(), unaligned: [quote] }, marking(), { ...marking(), unaligned: [quote] }]);
  expect(joined.unaligned).toEqual([quote, quote]);
});

test("unreadable samples lower the confidence, and of none nothing is made", () => {
  expect(combineSpans([marking(at(0, 5)), unread])).toMatchObject({ payload: { spans: [at(0, 5)] }, confidence: 0.5 });
  expect(combineSpans([unread])).toMatchObject({ outcome: "invalid", payload: null });
});

test("the sequence of samples does not matter", () => {
  const span = fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 10 }), fc.constantFrom("wrong", "vague"))
    .map(([start, length, category]) => ({ start, end: start + length, category }));
  fc.assert(
    fc.property(
      fc.array(
        fc.array(span).map((spans) => marking(...spans)),
        { minLength: 1 },
      ),
      (all) => {
        const [there, back] = [combineSpans(all), combineSpans([...all].reverse())];
        expect(back.payload).toEqual(there.payload);
        expect(back.confidence).toBeCloseTo(there.confidence);
      },
    ),
  );
});
