import { expect, test } from "vitest";
import type { InstanceResponse } from "@/lib/instances/schema";
import { describeQuote, describeSpan } from "./span-words";

const completion = {
  index: 0,
  outsideId: "a",
  text: "😀 not so",
  model: null,
  steps: null,
  judgedSteps: null,
  images: [],
  meta: null,
};
const instance: Pick<InstanceResponse, "prompt" | "completions"> = { prompt: "Why?", completions: [completion] };
const span = { completion: 0, start: 2, end: 5, category: "wrong" };

test("a span is told with the words that it marks, counted in code points", () => {
  expect(describeSpan(span, instance)).toBe("wrong in a, 2 to 5: “not”");
  expect(describeSpan({ ...span, severity: "minor", note: "It is." }, instance)).toBe(
    "wrong (minor) in a, 2 to 5: “not” · It is.",
  );
  expect(describeSpan({ ...span, completion: "prompt", start: 0, end: 3 }, instance)).toBe(
    "wrong in the prompt, 0 to 3: “Why”",
  );
});

test("of a long span the beginning is quoted, and of a text that is not here nothing", () => {
  const long = { ...instance, completions: [{ ...completion, text: "x".repeat(200) }] };
  expect(describeSpan({ ...span, start: 0, end: 200 }, long)).toBe(`wrong in a, 0 to 200: “${"x".repeat(80)}…”`);
  expect(describeSpan(span, { ...instance, completions: [{ ...completion, text: null }] })).toBe("wrong in a, 2 to 5");
});

test("what a critique quotes is told with its words, and by its id where that is from elsewhere", () => {
  expect(describeQuote("2-5:wrong", completion.text)).toBe("wrong, 2 to 5: “not”");
  expect(describeQuote("2-5:wrong", null)).toBe("wrong, 2 to 5");
  expect(describeQuote("s1", completion.text)).toBe("s1");
});
