import { expect, test } from "vitest";
import type { Answer, AnswerOf } from "@/lib/assignments/schema";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { translatorOf } from "@/lib/testing/translator";
import { following, isFollowed, wordWhatAiSays } from "./suggestion";

const two: Question = {
  ...defaultComparison,
  aspects: ["Helpful", "Clear"].map((name) => ({ id: name.toLowerCase(), name, definition: "" })),
};
const spans: Question = {
  ...{ id: "spans", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
  categories: [{ id: "wrong", name: "Wrong", definition: "" }],
};
const mark = (start: number) => ({ on: 0, start, end: start + 2, category: "wrong" });
const marked = (...spans: ReturnType<typeof mark>[]): AnswerOf<"spans"> => ({ covered: [], spans });

const said = (question: Question, answer: Answer) => wordWhatAiSays(question, answer, translatorOf("label"));

test("what AI says in words", () => {
  expect(said(defaultComparison, { overall: 2 })).toBe("AI suggests: A better");
  expect(said(two, { helpful: 1, clear: 3 })).toBe("AI suggests: Helpful: A much better; Clear: Tie");
  expect(said(two, { clear: "both-bad" })).toBe("AI suggests: Clear: Both bad");
  expect(said({ ...two, degrees: ["far safer", "safer"], tie: "As safe" } as Question, { helpful: 4, clear: 3 })).toBe(
    "AI suggests: Helpful: B safer; Clear: As safe",
  );
  expect(said(spans, marked())).toBe("AI marked nothing");
  expect(said(spans, marked(mark(1)))).toBe("AI marked 1 place");
  expect(said(spans, marked(mark(1), mark(5)))).toBe("AI marked 2 places");
});

test("following a suggestion keeps what AI says nothing about", () => {
  const half = { clear: 3 } as const;
  const answer = following(two, { helpful: 1, clear: 5 }, half);
  expect(answer).toEqual({ helpful: 1, clear: 3 });
  expect(isFollowed(two, { comparison: answer }, half)).toBe(true);
  expect(isFollowed(two, { comparison: { helpful: 1, clear: 5 } }, half)).toBe(false);
  expect(isFollowed(two, {}, half)).toBe(false);

  const aspects = defaultComparison.aspects.map((one) => ({ ...one, reasons: ["right", "clear"] }));
  const reasoned: Question = { ...defaultComparison, aspects };
  const ticked = { overall: { choice: 1, reasons: ["clear"] } };
  expect(following(reasoned, ticked, { overall: 2 })).toEqual({ overall: { choice: 2, reasons: ["clear"] } });
  expect(following(reasoned, ticked, { overall: 5 })).toEqual({ overall: 5 });
  expect([1, 2].map((overall) => isFollowed(reasoned, { comparison: ticked }, { overall }))).toEqual([true, false]);

  const suggested = marked(mark(1), mark(5));
  expect(following(spans, { covered: [1], spans: [mark(9)] }, suggested)).toEqual({ ...suggested, covered: [1] });
  // Texts looked through and the order of marks say nothing else.
  expect(isFollowed(spans, { spans: { covered: [0], spans: [mark(5), mark(1)] } }, suggested)).toBe(true);
  expect(isFollowed(spans, { spans: marked(mark(1)) }, suggested)).toBe(false);
});
