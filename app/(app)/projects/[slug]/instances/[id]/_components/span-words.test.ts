import { expect, test } from "vitest";
import type { InstanceResponse } from "@/lib/instances/schema";
import { translatorOf } from "@/lib/testing/translator";
import { describeQuote, describeSpan } from "./span-words";

const words = { t: translatorOf("instances.spans"), labels: translatorOf("projects.labels") };
const categories = [{ id: "wrong", name: "Not true", definition: "" }];
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
const instance: Pick<InstanceResponse, "prompt" | "messages" | "completions"> = {
  ...{ prompt: "Why?", messages: null },
  completions: [completion],
};
const chat = {
  ...instance,
  prompt: null,
  messages: [
    { role: "system", content: "Be" },
    { role: "user", content: "😀 who" },
  ],
};
const span = { completion: 0, start: 2, end: 5, category: "wrong" };

test("a span is told with the words that it marks, counted in code points", () => {
  expect(describeSpan(span, instance, words)).toBe("wrong in a, 2 to 5: “not”");
  expect(describeSpan({ ...span, severity: "minor", note: "It is." }, instance, words)).toBe(
    "wrong (minor) in a, 2 to 5: “not” · It is.",
  );
  expect(describeSpan({ ...span, completion: "prompt", start: 0, end: 3 }, instance, words)).toBe(
    "wrong in the prompt, 0 to 3: “Why”",
  );
  const onMessage = { ...span, completion: "prompt" as const, message: 1 };
  expect(describeSpan(onMessage, chat, words)).toBe("wrong in message 2 (user), 2 to 5: “who”");
  expect(describeSpan(onMessage, instance, words)).toBe("wrong in message 2, 2 to 5");
});

test("of a long span the beginning is quoted, and of a text that is not here nothing", () => {
  const long = { ...instance, completions: [{ ...completion, text: "x".repeat(200) }] };
  expect(describeSpan({ ...span, start: 0, end: 200 }, long, words)).toBe(`wrong in a, 0 to 200: “${"x".repeat(80)}…”`);
  const unnamed = { ...instance, completions: [{ ...completion, outsideId: "0" }] };
  expect(describeSpan(span, unnamed, words)).toBe("wrong in Completion 1, 2 to 5: “not”");
  expect(describeSpan(span, { ...instance, completions: [{ ...completion, text: null }] }, words)).toBe(
    "wrong in a, 2 to 5",
  );
});

test("what a critique quotes is told with its words, and by its id where that is from elsewhere", () => {
  expect(describeQuote("2-5:wrong", { completion: 0, categories }, instance, words)).toBe("Not true, 2 to 5: “not”");
  expect(describeQuote("2-5:wrong", { completion: 7, categories }, instance, words)).toBe("Not true, 2 to 5");
  expect(describeQuote("s1", { completion: 0, categories }, instance, words)).toBe("s1");
  expect(describeQuote("prompt:0-3:wrong", { completion: 0, categories }, instance, words)).toBe(
    "Not true in the prompt, 0 to 3: “Why”",
  );
  expect(describeQuote("message-1:2-5:wrong", { completion: 0, categories }, chat, words)).toBe(
    "Not true in message 2 (user), 2 to 5: “who”",
  );
});
