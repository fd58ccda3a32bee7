import { expect, test } from "vitest";
import { maxCompared, spansByPiece, spansOnlyIn } from "./only-in";

/** What the spans hold. */
function only(first: string, second: string): [string[], string[]] {
  const cut = (text: string, spans: { start: number; end: number }[]) =>
    spans.map(({ start, end }) => Array.from(text).slice(start, end).join(""));
  const [inFirst, inSecond] = spansOnlyIn(first, second)!;
  return [cut(first, inFirst), cut(second, inSecond)];
}

test("what only one of two texts has, in code points of each", () => {
  expect(only("The cat sat.", "The dog sat.")).toEqual([["cat"], ["dog"]]);
  expect(only("😀 one two", "😀 one 😀 two three")).toEqual([[], ["😀 ", " three"]]);
  expect(only("我们喜欢猫", "我们喜欢狗")).toEqual([["猫"], ["狗"]]);
  expect(only("قال نعم", "قال لا")).toEqual([["نعم"], ["لا"]]);
  expect(only("same", "same")).toEqual([[], []]);
});

test("texts that are too long are not compared", () => {
  const long = "a ".repeat(maxCompared / 4);
  expect(spansOnlyIn(long, long)).toEqual([[], []]);
  expect(spansOnlyIn(long, `${long}b`)).toBeNull();
});

test("spans over several pieces are cut at their ends", () => {
  const spans = [
    { start: 1, end: 2 },
    { start: 3, end: 9 },
    { start: 10, end: 11 },
  ];
  expect(spansByPiece(spans, [4, 4, 0, 4])).toEqual([
    [
      { start: 1, end: 2 },
      { start: 3, end: 4 },
    ],
    [{ start: 0, end: 4 }],
    [],
    [
      { start: 0, end: 1 },
      { start: 2, end: 3 },
    ],
  ]);
  expect(spansByPiece([], [2, 3])).toEqual([[], []]);
});
