import { expect, test } from "vitest";
import { comparisonScales } from "@/lib/labels/schema";
import { translatorOf } from "@/lib/testing/translator";
import { describeChoice, scalePoints, usualDegrees, usualWords } from "./scale-words";

test("every scale has its points in order, A and B mirrored, the tie in the middle of the odd ones", () => {
  for (const scale of comparisonScales) {
    const words = scalePoints(scale).map((point) => point.words);
    expect(words).toHaveLength(scale);
    expect(new Set(words).size).toBe(scale);
    expect(words.map((word) => word.replace(/^[AB]/, (label) => (label === "A" ? "B" : "A"))).reverse()).toEqual(words);
    expect(words.indexOf("Tie")).toBe(scale === 2 ? -1 : (scale - 1) / 2);
  }
  expect(scalePoints(7).map(({ short }) => short)).toEqual(["A 3", "A 2", "A 1", "Tie", "B 1", "B 2", "B 3"]);
});

const t = translatorOf("label");

test("the usual words of the page in English are those that task schemas keep", () => {
  for (const scale of comparisonScales)
    expect(usualWords(scale, t)).toEqual({ degrees: usualDegrees[scale], tie: "Tie" });
});

test("answers read as the words of their scale", () => {
  expect(describeChoice(1, 5, {}, t)).toBe("A much better");
  expect(describeChoice(5, 7, {}, t)).toBe("B slightly better");
  expect(describeChoice("both-bad", 5, {}, t)).toBe("Both bad");
});

test("a task schema gives the points words of its own", () => {
  const words = { degrees: ["clearly safer", "safer"], tie: "As safe" };
  expect(scalePoints(5, words).map((point) => point.words)).toEqual([
    ...["A clearly safer", "A safer", "As safe", "B safer", "B clearly safer"],
  ]);
  expect(describeChoice(4, 5, words, t)).toBe("B safer");
});
