import fc from "fast-check";
import { expect, test } from "vitest";
import type { RatingScale } from "@/lib/projects/schema";
import { combineRatings } from "./rating";

const points: RatingScale = { kind: "points", points: 5 };
const words: RatingScale = {
  kind: "categories",
  categories: ["bad", "fair", "good"].map((value) => ({ value, name: value })),
};
const saying = (value: number | string, expected: number | null = null) => ({
  kind: "rating" as const,
  value,
  expected,
});
const unread = { kind: "invalid" as const };

test("numbers come to the value nearest to their mean, by hand", () => {
  const joined = combineRatings([saying(4), saying(4), saying(5)], points);
  expect(joined).toMatchObject({ outcome: "answered", payload: { value: 4 }, basis: "samples" });
  expect(joined.mean).toBeCloseTo(13 / 3);
  // One of three is a point of four away.
  expect(joined.confidence).toBeCloseTo(1 - 1 / 12);
});

test("expectations over token probabilities go before values", () => {
  const joined = combineRatings([saying(4, 3.4), saying(4, 3.2)], points);
  expect(joined).toMatchObject({ payload: { value: 3 }, basis: "tokens" });
  expect(joined.mean).toBeCloseTo(3.3);
  expect(combineRatings([saying(4, 3.4), saying(4)], points).basis).toBe("samples");
});

test("words come to the one most often said, and without one there is no label", () => {
  expect(combineRatings([saying("good"), saying("bad"), saying("good")], words)).toEqual({
    ...{ outcome: "answered", payload: { value: "good" }, confidence: 2 / 3, basis: "samples", mean: null },
  });
  expect(combineRatings([saying("good"), saying("bad")], words)).toMatchObject({
    outcome: "inconsistent",
    payload: null,
  });
});

test("unreadable samples lower the confidence, and of none nothing is made", () => {
  expect(combineRatings([saying(2), unread], points)).toMatchObject({ payload: { value: 2 }, confidence: 0.5 });
  expect(combineRatings([saying("bad"), unread], words)).toMatchObject({ payload: { value: "bad" }, confidence: 0.5 });
  expect(combineRatings([unread], points)).toMatchObject({ outcome: "invalid", payload: null, mean: null });
  expect(combineRatings([], words).outcome).toBe("invalid");
});

test("the sequence of samples does not matter, and the value lies between the least and the most", () => {
  const samples = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 5 }).map((value) => saying(value)),
      fc.constant(unread),
    ),
  );
  fc.assert(
    fc.property(samples, (all) => {
      const [there, back] = [combineRatings(all, points), combineRatings([...all].reverse(), points)];
      expect(back.payload).toEqual(there.payload);
      expect(back.confidence).toBeCloseTo(there.confidence);
      const values = all.flatMap((one) => (one.kind === "rating" ? Number(one.value) : []));
      if (there.payload === null) return;
      expect(there.payload.value).toBeGreaterThanOrEqual(Math.min(...values));
      expect(there.payload.value).toBeLessThanOrEqual(Math.max(...values));
      expect(there.confidence).toBeGreaterThan(0);
      expect(there.confidence).toBeLessThanOrEqual(1);
    }),
  );
});
