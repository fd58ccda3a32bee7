import fc from "fast-check";
import { expect, test } from "vitest";
import { combineBinaries } from "./binary";

const yes = (probability: number | null = null) => ({ kind: "binary" as const, value: true, probability });
const no = (probability: number | null = null) => ({ kind: "binary" as const, value: false, probability });
const unread = { kind: "invalid" as const };

test("the answer of most counts, with their share", () => {
  expect(combineBinaries([yes(), no(), yes()])).toEqual({
    ...{ outcome: "answered", payload: { value: true }, confidence: 2 / 3, basis: "samples", probability: null },
  });
  expect(combineBinaries([no(), unread])).toMatchObject({ payload: { value: false }, confidence: 0.5 });
});

test("as many yes as no say nothing, unless their probabilities do", () => {
  expect(combineBinaries([yes(), no()])).toMatchObject({ outcome: "inconsistent", payload: null, confidence: 0.5 });
  expect(combineBinaries([yes(0.9), no(0.4)])).toMatchObject({
    payload: { value: true },
    basis: "tokens",
    probability: 0.65,
  });
  expect(combineBinaries([yes(0.75), no(0.25)])).toMatchObject({ outcome: "inconsistent", payload: null });
});

test("with probabilities the confidence is that of the answer", () => {
  expect(combineBinaries([no(0.25)])).toMatchObject({ payload: { value: false }, confidence: 0.75, basis: "tokens" });
  expect(combineBinaries([no(0.25), no()])).toMatchObject({ confidence: 1, basis: "samples", probability: null });
});

test("of unreadable samples nothing is made", () => {
  expect(combineBinaries([unread, unread])).toMatchObject({ outcome: "invalid", payload: null, confidence: 0 });
  expect(combineBinaries([])).toMatchObject({ outcome: "invalid" });
});

test("turning every answer turns the result", () => {
  const sample = fc.oneof(fc.constant(yes()), fc.constant(no()), fc.constant(unread));
  fc.assert(
    fc.property(fc.array(sample), (all) => {
      const turned = all.map((one) => (one.kind === "binary" ? { ...one, value: !one.value } : one));
      const [a, b] = [combineBinaries(all), combineBinaries(turned.reverse())];
      expect(b.outcome).toBe(a.outcome);
      expect(b.payload).toEqual(a.payload && { value: !a.payload.value });
      if (a.payload) expect(b.confidence).toBeCloseTo(a.confidence);
    }),
  );
});
