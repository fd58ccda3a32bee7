import { expect, test } from "vitest";
import type { AssignmentView } from "@/lib/assignments/schema";
import type { QuestionOf } from "@/lib/projects/schema";
import { critique, editable, partOf, write } from "./critique";

const asking = (change: Partial<QuestionOf<"critique">>): QuestionOf<"critique"> => ({
  ...{ id: "critique", type: "critique", name: "Critique", definition: "" },
  ...{ isRequired: true, rewrite: "off" },
  ...change,
});
const assignment = { completions: [{}, {}] } as unknown as AssignmentView;

/** The parts that are not answered when this is written about the first completion and nothing about the second. */
function missing(change: Partial<QuestionOf<"critique">>, text: string, rewrite: string | null = null): number[] {
  const question = asking(change);
  const answer = write(undefined, assignment, 0, { text, rewrite });
  return critique
    .parts(question, assignment)
    .flatMap((_, part) => (critique.isAnswered({ question, answer, assignment }, part) ? [] : [part]));
}

test("each completion has a place for the critique, and one for the rewrite where that is asked", () => {
  expect(critique.parts(asking({}), assignment).map(({ completion }) => completion)).toEqual([0, 1]);
  const question = asking({ rewrite: "optional" });
  const parts = critique.parts(question, assignment);
  expect(parts.map(({ completion, detail }) => [completion, detail])).toEqual([
    ...[0, 1].flatMap((completion) => [
      [completion, undefined],
      [completion, "rewrite"],
    ]),
  ]);
  expect(partOf(question, 1, "rewrite")).toBe(3);
  expect(partOf(asking({}), 1, "text")).toBe(1);
});

test("a critique that is required is missing while it is blank, another one never", () => {
  expect(missing({}, " \n")).toEqual([0, 1]);
  expect(missing({}, "Too long.")).toEqual([1]);
  expect(missing({ isRequired: false }, "")).toEqual([]);
});

test("a rewrite that is required belongs to every critique", () => {
  const both = { rewrite: "required" } as const;
  expect(missing(both, "Too long.", "Short.")).toEqual([2, 3]);
  expect(missing(both, "Too long.", " ")).toEqual([1, 2, 3]);
  expect(missing({ ...both, isRequired: false }, "")).toEqual([]);
  expect(missing({ ...both, isRequired: false }, "Too long.")).toEqual([1]);
  expect(missing({ rewrite: "optional" }, "Too long.")).toEqual([2]);
});

test("a critique that quotes a span is missing while it is blank, although another one may be left out", () => {
  const question = asking({ isRequired: false, quotes: "errors" });
  const at = (text: string) => {
    const answer = write(undefined, assignment, 1, { text, quotes: ["0-4:wrong"] });
    return [0, 1].map((part) => critique.isAnswered({ question, answer, assignment }, part));
  };
  expect(at(" ")).toEqual([true, false]);
  expect(at("Not so.")).toEqual([true, true]);
});

test("what is written about one completion leaves the others as they are", () => {
  const first = write(undefined, assignment, 1, { text: "Fine." });
  expect(write(first, assignment, 0, { rewrite: "Anew" })).toEqual({
    completions: [
      { text: "", rewrite: "Anew" },
      { text: "Fine.", rewrite: null },
    ],
  });
});

test("a text is edited with the line ends of a text box", () => {
  expect(editable("a\r\nb\rc\n")).toBe("a\nb\nc\n");
});
