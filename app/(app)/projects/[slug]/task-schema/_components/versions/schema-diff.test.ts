import { expect, test } from "vitest";
import { defaultComparison, type Question, type TaskSchema } from "@/lib/projects/schema";
import { translatorOf } from "@/lib/testing/translator";
import { diffSchemas } from "./schema-diff";

const t = translatorOf("taskSchema.diff");
const rating: Question = {
  ...{ id: "quality", type: "rating", scale: { kind: "points", points: 3, low: "bad" } },
  aspects: [{ id: "helpful", name: "Helpful", definition: "Does it help?" }],
};
const ranking: Question = { id: "order", type: "ranking", name: "Order", definition: "" };
const schemaOf = (...questions: Question[]): TaskSchema => ({ questions, reason: "optional" });

test("two schemas that say the same do not differ, however they say it", () => {
  const said = { ...schemaOf(rating), maskModelNames: false, suggestions: "off" as const };
  expect(diffSchemas(schemaOf(rating), said, t)).toEqual([]);
});

test("reasons that an aspect offers are told", () => {
  const compared = (...reasons: string[]): Question => ({
    ...{ id: "which", type: "comparison", scale: 5, bothBad: false },
    aspects: [{ id: "helpful", name: "Helpful", definition: "", ...(reasons.length > 0 && { reasons }) }],
  });
  expect(diffSchemas(schemaOf(compared()), schemaOf(compared("clear", "right")), t)).toMatchObject([
    { changes: [{ what: "Aspect helpful, reasons", before: null, after: "clear, right" }] },
  ]);
});

test("a question that changed says what, before and after", () => {
  const after: Question = {
    ...rating,
    scale: { kind: "points", points: 3, names: ["bad", "fair", ""] },
    aspects: [
      { id: "helpful", name: "Helpful", definition: "Does it do what was asked?" },
      { id: "clear", name: "Clear", definition: "" },
    ],
  };
  expect(diffSchemas(schemaOf(rating), schemaOf(after), t)).toEqual([
    {
      ...{ title: "Helpful, Clear (quality)", kind: "changed" },
      changes: [
        { what: "Aspect helpful, definition", before: "Does it help?", after: "Does it do what was asked?" },
        { what: "Aspect clear", before: null, after: "Clear" },
        { what: "Order of aspects", before: "helpful", after: "helpful, clear" },
        { what: "What 2 means", before: null, after: "fair" },
      ],
    },
  ]);
});

test("questions that came and went stand for themselves, and so does what holds for all", () => {
  const after: TaskSchema = {
    ...schemaOf(ranking, rating),
    reason: "required",
    reveal: [{ show: "prompt", after: "order" }],
  };
  const groups = diffSchemas(schemaOf(rating, defaultComparison), after, t);
  expect(groups.map(({ title, kind }) => [title, kind])).toEqual([
    ["Order (order)", "added"],
    ["Overall (comparison)", "removed"],
    ["For all questions", "changed"],
  ]);
  expect(groups[2]!.changes).toEqual([
    { what: "Order of questions", before: "quality, comparison", after: "order, quality" },
    { what: "Written reason", before: "optional", after: "required" },
    { what: "Prompt is shown", before: null, after: "after order" },
  ]);
});
