import { expect, test } from "vitest";
import { labelPayloads, type LabelTypeName } from "@/lib/labels/schema";
import { taskSchema, type Question, type TaskSchema } from "@/lib/projects/schema";
import { translatorOf } from "@/lib/testing/translator";
import { idAfter, newPart, newQuestion, savedIds, tidySchema, withQuestion } from "./draft";

const t = translatorOf("taskSchema.first");
const types = Object.keys(labelPayloads) as LabelTypeName[];

test("questions of all types can be added, twice each, and make a task schema that is taken", () => {
  let questions: Question[] = [];
  for (const type of [...types, "comparison", "steps"] as const)
    questions = [...questions, newQuestion(type, questions, t)];
  expect(taskSchema.safeParse({ questions, reason: "off" }).error).toBeUndefined();
  expect(questions.at(-2)!.id).toBe("comparison-2");
});

test("an id goes with the name while no label can have it and nobody wrote it", () => {
  const part = newPart("aspect", [{ id: "overall" }, { id: "aspect-3" }], t);
  expect(part).toEqual({ id: "aspect-4", name: "Aspect 4", definition: "" });
  expect(idAfter(part, "How clear", false)).toBe("how-clear");
  expect(idAfter(part, "How clear", true)).toBe("aspect-4");
  expect(idAfter({ ...part, id: "mine" }, "How clear", false)).toBe("mine");
  expect(idAfter({ id: "how-clear", name: "How clear" }, "", false)).toBe("");
});

test("a name in Chinese leaves an id as it is, which goes with the name once that is in Latin letters", () => {
  const part = { id: "aspect-2", name: "维度 2" };
  expect(idAfter(part, "清晰", false)).toBe("aspect-2");
  expect(idAfter({ ...part, name: "清晰" }, "Clear", false)).toBe("clear");
  expect(idAfter({ id: "", name: "" }, "2", false)).toBe("2");
});

test("what says nothing is left out", () => {
  const schema: TaskSchema = { questions: [newQuestion("spans", [], t)], reason: "off" };
  const said = { shows: { reference: false }, reveal: [], maskModelNames: false, suggestions: "off" as const };
  expect(tidySchema({ ...schema, ...said })).toEqual(schema);
  const meant: TaskSchema = { ...schema, shows: { reference: true }, suggestions: "shown" };
  expect(tidySchema(meant)).toEqual(meant);
  expect([...savedIds(schema)]).toEqual(["spans", "spans/category-1"]);
});

test("a condition goes with the question, the aspect and the category that it names when their ids change", () => {
  const rating = (aspect: string, values: string[], id = "quality"): Question => ({
    ...{ id, type: "rating", aspects: [aspect, "short"].map((one) => ({ id: one, name: one, definition: "" })) },
    scale: { kind: "categories", categories: values.map((value) => ({ value, name: value })) },
  });
  const why: Question = {
    ...newQuestion("critique", [], t),
    when: { question: "quality", aspect: "clear", is: ["no", "yes"] },
  };
  const before: TaskSchema = { questions: [rating("clear", ["no", "yes"]), why], reason: "off" };
  const conditionAfter = (question: Question) => withQuestion(before, 0, question).questions[1]!.when;
  expect(conditionAfter(rating("clear", ["no", "yes"], "grade"))).toEqual({ ...why.when, question: "grade" });
  expect(conditionAfter(rating("lucid", ["no", "yes"]))).toEqual({ ...why.when, aspect: "lucid" });
  expect(conditionAfter(rating("clear", ["bad", "yes"]))).toEqual({ ...why.when, is: ["bad", "yes"] });
  expect(conditionAfter(rating("clear", ["yes", "no"])), "moved, not renamed").toEqual(why.when);
  expect(conditionAfter(rating("clear", ["yes"])), "removed, which is told as a fault").toEqual(why.when);
});
