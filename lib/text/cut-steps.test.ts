import fc from "fast-check";
import { expect, test } from "vitest";
import { cutSteps } from "./cut-steps";

test("a text is cut after each line, and empty lines stay with the one before", () => {
  expect(cutSteps("First.\n\n  Second,\r\nthird", "line")).toEqual(["First.\n\n", "  Second,\r\n", "third"]);
  expect(cutSteps("\n \nFirst\n", "line")).toEqual(["\n \nFirst\n"]);
});

test("a carriage return alone ends a line, and with a line feed it is one end", () => {
  expect(cutSteps("First\rSecond\r\nThird\r\rFourth", "line")).toEqual([
    "First\r",
    "Second\r\n",
    "Third\r\r",
    "Fourth",
  ]);
});

test("a text is cut after each sentence, abbreviated numbers and emoji do not end one", () => {
  expect(cutSteps("It is 3.5 km. Really? 👩‍👩‍👧 Yes!  \n\nDone", "sentence")).toEqual([
    "It is 3.5 km. ",
    "Really? ",
    "👩‍👩‍👧 Yes!  \n\n",
    "Done",
  ]);
  expect(cutSteps("今日は。明日も。", "sentence")).toEqual(["今日は。", "明日も。"]);
});

test("a text without a character has no step, one of blanks is one", () => {
  for (const by of ["line", "sentence"] as const) {
    expect(cutSteps("", by)).toEqual([]);
    expect(cutSteps(" \n ", by)).toEqual([" \n "]);
  }
});

test("the steps of any text join to the text, and none but the only one is blank", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "B", " ", "\n", "\r", ".", "!", "?", "é", "𝒳", "👍🏽", "。", "\ud800"),
  });
  fc.assert(
    fc.property(text, fc.constantFrom("line" as const, "sentence" as const), (raw, by) => {
      const steps = cutSteps(raw, by);
      expect(steps.join("")).toBe(raw);
      if (steps.length > 1) expect(steps.every((step) => step.trim() !== "")).toBe(true);
    }),
  );
});

test.each([
  [
    "这是第一句。这是第二句！可以吗？「引号里的。」结束。",
    ["这是第一句。", "这是第二句！", "可以吗？", "「引号里的。」", "结束。"],
  ],
  ["吾輩は猫である。名前はまだ無い。", ["吾輩は猫である。", "名前はまだ無い。"]],
  ["هل هذا صحيح؟ نعم! الإصدار v2.0 انتهى.", ["هل هذا صحيح؟ ", "نعم! ", "الإصدار v2.0 انتهى."]],
  ["האם זה נכון? כן. זהו.", ["האם זה נכון? ", "כן. ", "זהו."]],
  ["यह पहला है। यह दूसरा है।", ["यह पहला है। ", "यह दूसरा है।"]],
])("sentences of %j end where its language ends them", (text, sentences) => {
  expect(cutSteps(text, "sentence")).toEqual(sentences);
});
