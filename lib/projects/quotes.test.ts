import { expect, test } from "vitest";
import { inLocale } from "@/lib/say";
import { taskSchema, type Question } from "./schema";

const marked: Question = {
  ...{ id: "marked", type: "spans", name: "Marked", definition: "", severities: [], onPrompt: false },
  categories: [{ id: "wrong", name: "Wrong", definition: "" }],
};
const critique: Question = {
  ...{ id: "critique", type: "critique", name: "Critique", definition: "" },
  ...{ isRequired: true, rewrite: "off", quotes: "marked" },
};
const order: Question = { id: "order", type: "ranking", name: "Order", definition: "" };

/** What is wrong with a schema, "path: message". */
function faults(questions: Question[], fields: object = {}): string[] {
  const parsed = taskSchema.safeParse({ questions, reason: "off", ...fields });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

test("critiques quote the spans of a question of the same schema, before or behind them", () => {
  expect(faults([marked, critique])).toEqual([]);
  expect(faults([critique, marked])).toEqual([]);
  expect(taskSchema.parse({ questions: [marked, critique], reason: "off" }).questions[1]).toEqual(critique);
  expect(faults([order, critique])).toEqual(["questions.1.quotes: is marked, but no question has this id"]);
  expect(faults([{ ...critique, quotes: "order" }, order])).toEqual([
    "questions.0.quotes: is order, a question of type ranking; name one of type spans",
  ]);
  expect(inLocale("zh-Hans", () => faults([{ ...critique, quotes: "order" }, order]))).toEqual([
    "questions.0.quotes: 是 order，其类型为排序；请指定一个片段标注类型的问题",
  ]);
});

test("a critique that reveals a text is final before the spans are, and quotes none", () => {
  const reveal = [{ show: "context", after: "critique" }];
  expect(faults([critique, marked], { reveal })).toEqual([
    "reveal.0.after: is critique, whose answer is final while the spans that it quotes are not; leave out its quotes",
  ]);
  expect(faults([critique, marked], { reveal: [{ show: "context", after: "marked" }] })).toEqual([]);
});
