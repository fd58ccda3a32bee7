import { expect, test } from "vitest";
import { codePointLength, toUtf16 } from "./code-points";
import { narrowToUnits, widenToUnits } from "./mark-units";

const text =
  " 🙂 The tower is thirty metres high, which nobody here had ever thought possible. It has a light. It shines. ";

/** Where words stand, in code points. */
function spanOf(words: string) {
  const start = codePointLength(text.slice(0, text.indexOf(words)));
  return { start, end: start + codePointLength(words) };
}

const quoted = (span: { start: number; end: number } | null) =>
  span && text.slice(toUtf16(text, span.start), toUtf16(text, span.end));

test("a mark grows to the whole units that it touches", () => {
  expect(quoted(widenToUnits(text, spanOf("nobody"), "segment"))).toBe("which nobody here had ever thought possible.");
  expect(quoted(widenToUnits(text, spanOf("possible. It has"), "sentence"))).toBe(
    "🙂 The tower is thirty metres high, which nobody here had ever thought possible. It has a light.",
  );
  expect(quoted(widenToUnits(text, spanOf("light"), "text"))).toBe(text.trim());
  expect(quoted(widenToUnits(text, spanOf("light"), undefined))).toBe("light");
});

test("a mark that touches no unit stays, and one that is whole does too", () => {
  expect(widenToUnits(text, { start: 0, end: 1 }, "sentence")).toEqual({ start: 0, end: 1 });
  const whole = spanOf("It has a light.");
  expect(widenToUnits(text, whole, "sentence")).toEqual(whole);
});

test("a mark that shrinks keeps the units that are whole in it", () => {
  expect(quoted(narrowToUnits(text, spanOf("It has a light. It"), "sentence"))).toBe("It has a light.");
  expect(narrowToUnits(text, spanOf("has a"), "sentence")).toBeNull();
  expect(quoted(narrowToUnits(text, spanOf("has a"), undefined))).toBe("has a");
});
