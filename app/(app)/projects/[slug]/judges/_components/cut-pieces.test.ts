import { expect, test } from "vitest";
import { cutPieces } from "./cut-pieces";

test("overlapping spans share the piece that both cover, and an emoji counts as one", () => {
  const spans = [
    { start: 0, end: 3 },
    { start: 2, end: 5 },
  ];
  expect(cutPieces("a😀bcde", spans)).toEqual([
    { start: 0, text: "a😀", spans: [0] },
    { start: 2, text: "b", spans: [0, 1] },
    { start: 3, text: "cd", spans: [1] },
    { start: 5, text: "e", spans: [] },
  ]);
});

test("a text without spans is one piece, an empty one none, and nothing is behind the end", () => {
  expect(cutPieces("abc", [])).toEqual([{ start: 0, text: "abc", spans: [] }]);
  expect(cutPieces("", [{ start: 0, end: 4 }])).toEqual([]);
  expect(cutPieces("ab", [{ start: 1, end: 9 }])).toEqual([
    { start: 0, text: "a", spans: [] },
    { start: 1, text: "b", spans: [0] },
  ]);
});
