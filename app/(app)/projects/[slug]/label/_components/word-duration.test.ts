import { expect, test } from "vitest";
import { wordDuration } from "./word-duration";

test("durations are in seconds, minutes, or hours and minutes", () => {
  expect([0, 8449, 59_949, 59_950, 61_000, 3_569_999, 3_590_000, 7_500_000].map(wordDuration)).toEqual([
    "0.0\u202fs",
    "8.4\u202fs",
    "59.9\u202fs",
    "1\u202fmin",
    "1\u202fmin",
    "59\u202fmin",
    "1\u202fh",
    "2\u202fh 5\u202fmin",
  ]);
});
