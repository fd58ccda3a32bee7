import { expect, test } from "vitest";
import { chooseAgain, keepOffered, sideOf, withReasons } from "./schema";

const aspect = { id: "helpful", name: "Helpful", definition: "", reasons: ["right", "clear", "short"] };
const again = (before: Parameters<typeof chooseAgain>[0], choice: Parameters<typeof chooseAgain>[1]) =>
  chooseAgain(before, choice, { scale: 5, aspect });

test("a point is for the first shown, for the second, or for neither", () => {
  expect([1, 2, 3, 4, 5].map((point) => sideOf(point, 5))).toEqual([0, 0, null, 1, 1]);
  expect([1, 2].map((point) => sideOf(point, 2))).toEqual([0, 1]);
  expect([sideOf("both-bad", 5), sideOf("cannot-tell", 5), sideOf(undefined, 5)]).toEqual([null, null, null]);
});

test("reasons stand in the order in which they are offered, and a choice without any is bare", () => {
  expect(withReasons(1, ["short", "right"], aspect.reasons)).toEqual({ choice: 1, reasons: ["right", "short"] });
  expect(withReasons(1, ["long"], aspect.reasons)).toBe(1);
  expect(withReasons(1, ["right"])).toBe(1);
});

test("reasons stay while the same completion is preferred", () => {
  const given = { choice: 1, reasons: ["clear"] };
  expect(again(given, 2)).toEqual({ choice: 2, reasons: ["clear"] });
  expect([again(given, 4), again(given, 3), again(given, "both-bad"), again(undefined, 1)]).toEqual([
    4,
    3,
    "both-bad",
    1,
  ]);
});

test("what is not offered any more is left out of an answer", () => {
  const question = {
    ...({ id: "q", type: "comparison", scale: 5, bothBad: true } as const),
    aspects: [aspect, { id: "safe", name: "Safe", definition: "" }],
  };
  const answer = {
    helpful: { choice: 1, reasons: ["long", "clear"] },
    safe: { choice: 5, reasons: ["clear"] },
    other: 2,
  };
  expect(keepOffered(question, answer)).toEqual({ helpful: { choice: 1, reasons: ["clear"] }, safe: 5, other: 2 });
});
