import { expect, test } from "vitest";
import { cutAtBlankLines, prefixLength, segmentPieces, stepPieces, stepsOfText } from "./pieces";

test("a segment is read with all that came before it", () => {
  expect(segmentPieces(" It rains. It rains. It pours.")).toEqual([
    { start: 1, end: 10, text: "It rains.", prefix: " It rains." },
    { start: 11, end: 20, text: "It rains.", prefix: " It rains. It rains." },
    { start: 21, end: 30, text: "It pours.", prefix: " It rains. It rains. It pours." },
  ]);
});

test("of a long text the nearest part is read, from a whole character on", () => {
  const long = "😀".repeat(prefixLength);
  const [, last] = segmentPieces(`${long}. The end.`);
  expect(last!.prefix).toHaveLength(prefixLength);
  const odd = stepPieces([long, "ab"]).at(-1)!.prefix;
  expect(odd).toHaveLength(prefixLength - 1);
  expect(odd.isWellFormed()).toBe(true);
});

test("steps are read alike whether they were imported or cut", () => {
  const pieces = [
    { text: "One.", prefix: "One." },
    { text: "Two.", prefix: "One.\nTwo." },
  ];
  expect(stepPieces(["One.", "Two."])).toEqual(pieces);
  expect(stepPieces(stepsOfText({ text: "One.\nTwo.\n", steps: [], hasSteps: false }, "line"))).toEqual(pieces);
  expect(stepPieces(stepsOfText({ text: "One. Two.", steps: [], hasSteps: false }, "sentence"))).toEqual(pieces);
  expect(stepPieces(stepsOfText({ text: "", steps: ["One.", "Two."], hasSteps: true }, "line"))).toEqual(pieces);
  expect(stepsOfText({ text: "One.", steps: [], hasSteps: true }, "line")).toEqual([]);
});

test("blank lines part steps, single ends of lines do not", () => {
  expect(cutAtBlankLines("\n\nOne\ntwo\n\n \n\nThree\r\n\r\nfour")).toEqual(["One\ntwo", "Three", "four"]);
  expect(cutAtBlankLines(" \n \n")).toEqual([]);
});
