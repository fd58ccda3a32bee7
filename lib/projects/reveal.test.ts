import { expect, test } from "vitest";
import { defaultTaskSchema, taskSchema, type Question, type Reveal, type TaskSchema } from "./schema";

const written: Extract<Question, { type: "critique" }> = {
  ...{ id: "understood", type: "critique", name: "Understood", definition: "" },
  ...{ isRequired: true, rewrite: "off" },
};
const marked: Extract<Question, { type: "spans" }> = {
  ...{ id: "marked", type: "spans", name: "Marked", definition: "", severities: [], onPrompt: true },
  categories: [{ id: "wrong", name: "Wrong", definition: "" }],
};

/** What is wrong with a schema, "path: message". */
function faults(reveal: Reveal[], questions: Question[] = [written], shows?: TaskSchema["shows"]): string[] {
  const parsed = taskSchema.safeParse({ questions, reason: "off", reveal, ...(shows && { shows }) });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test("a schema without the newer fields is the same after parsing", () => {
  expect(taskSchema.parse(defaultTaskSchema)).toEqual(defaultTaskSchema);
});

test("texts may wait for questions that have to be answered", () => {
  expect(faults([{ show: "prompt", after: "understood" }])).toEqual([]);
  expect(faults([{ show: "prompt", after: "understood" }], [written, marked])).toEqual([]);
  expect(faults([{ show: "context", after: "marked" }], [marked])).toEqual([]);
  const both: Reveal[] = [
    { show: "context", after: "understood" },
    { show: "reference", after: "understood" },
  ];
  expect(faults(both, [written], { reference: true })).toEqual([]);
});

test("a question that is not asked, or may be left blank, reveals nothing", () => {
  expect(faults([{ show: "prompt", after: "gist" }])).toEqual(["reveal.0.after: is gist, but no question has this id"]);
  expect(faults([{ show: "prompt", after: "understood" }], [{ ...written, isRequired: false }])).toEqual([
    "reveal.0.after: is understood, which may be left blank; set its isRequired",
  ]);
});

test("no question is about the prompt before it is revealed", () => {
  const message = (after: string) =>
    `reveal.0.after: is ${after}, but marked is about the prompt before it is revealed; put it behind, or set onPrompt to false`;
  expect(faults([{ show: "prompt", after: "marked" }], [marked])).toEqual([message("marked")]);
  expect(faults([{ show: "prompt", after: "understood" }], [marked, written])).toEqual([message("understood")]);
});

test("a text is revealed once, and the reference only where it is shown", () => {
  const twice: Reveal[] = [
    { show: "context", after: "understood" },
    { show: "context", after: "understood" },
  ];
  expect(faults(twice)).toEqual(["reveal.1.show: is the context for the second time; a text is revealed once"]);
  expect(faults([{ show: "reference", after: "understood" }], [written], { reference: false })).toEqual([
    "reveal.0.show: is the reference, which is not shown; set shows.reference",
  ]);
  expect(faults([])).toEqual(["reveal: reveals nothing; leave it out"]);
});
