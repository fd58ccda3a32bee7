import { expect, test } from "vitest";
import { isSame } from "./same";

test("values are the same whatever the order of their keys", () => {
  expect(isSame({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  for (const [a, b] of [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [null, {}],
    [1, "1"],
  ])
    expect(isSame(a, b)).toBe(false);
});
