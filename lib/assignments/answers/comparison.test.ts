import { expect, test } from "vitest";
import { comparisonPayload, comparisonScales, signedStrength } from "@/lib/labels/schema";
import { choiceOf } from "../reasons/schema";
import { payloadOf } from "./comparison";

test.each([
  [2, [0, 1], [1, -1]],
  [2, [1, 0], [-1, 1]],
  [3, [0, 1], [1, 0, -1]],
  [5, [0, 1], [1, 0.5, 0, -0.5, -1]],
  [5, [1, 0], [-1, -0.5, 0, 0.5, 1]],
  [7, [0, 1], [1, 2 / 3, 1 / 3, 0, -1 / 3, -2 / 3, -1]],
  [9, [4, 2], [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1]],
  [3, [2, 0, 1], [-1, 0, 1]],
] as const)(
  "a scale of %i shown as %j means these signed strengths of the canonical pair",
  (scale, shown, strengths) => {
    const payloads = strengths.map((_, index) => payloadOf(index + 1, scale, shown));
    expect(payloads.map(signedStrength)).toEqual(strengths);
  },
);

test("every choice makes a valid payload and comes back from it, whatever the order shown", () => {
  for (const scale of comparisonScales) {
    for (const shown of [
      [0, 1],
      [1, 0],
      [3, 1],
      [2, 0, 1],
    ]) {
      for (const choice of [
        ...Array.from({ length: scale }, (_, i) => i + 1),
        "both-bad" as const,
        "cannot-tell" as const,
      ]) {
        const payload = payloadOf(choice, scale, shown);
        expect(comparisonPayload.parse(payload)).toEqual(payload);
        expect(choiceOf(payload, shown)).toBe(choice);
      }
    }
  }
});

test("reasons go with a preference only, each once", () => {
  const preferring = payloadOf(1, 5, [0, 1]);
  expect(comparisonPayload.parse({ ...preferring, reasons: ["right"] })).toEqual({ ...preferring, reasons: ["right"] });
  for (const wrong of [
    { ...payloadOf(3, 5, [0, 1]), reasons: ["right"] },
    { ...payloadOf("cannot-tell", 5, [0, 1]), reasons: ["right"] },
    { ...preferring, reasons: [] },
    { ...preferring, reasons: ["right", "right"] },
  ])
    expect(comparisonPayload.safeParse(wrong).error?.issues[0]!.path).toEqual(["reasons"]);
});

test("a payload about another pair than the first two shown is no choice here", () => {
  expect(choiceOf(payloadOf(1, 5, [0, 1]), [0, 2])).toBeNull();
  expect(choiceOf(payloadOf(1, 5, [0, 1]), [0, 2, 1])).toBeNull();
});
