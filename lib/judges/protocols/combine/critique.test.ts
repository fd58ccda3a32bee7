import { expect, test } from "vitest";
import { combineCritiques } from "./critique";

const saying = (text: string) => ({ kind: "critique" as const, text, quotes: ["4-9:poor"], rewrite: null });
const unread = { kind: "invalid" as const };

test("the first critique that could be read stands for all", () => {
  expect(combineCritiques([unread, saying("One."), saying("Two.")])).toEqual({
    outcome: "answered",
    payload: { text: "One.", quotes: ["4-9:poor"], rewrite: null },
    confidence: 2 / 3,
    basis: "samples",
  });
});

test("of none nothing is made", () => {
  expect(combineCritiques([unread])).toMatchObject({ outcome: "invalid", payload: null, confidence: 0 });
});
