import { expect, test } from "vitest";
import { defaultTaskSchema, type Question, type TaskSchema } from "@/lib/projects/schema";
import { orderShown, shownIn } from "./shown";

const ranking: Question = { id: "ranking", type: "ranking", name: "Order", definition: "" };
const all: TaskSchema = { questions: [...defaultTaskSchema.questions, ranking], reason: "off" };
const order = (seed: number, completions: number, taskSchema: TaskSchema, before?: number[]) =>
  orderShown({ seed, completions, taskSchema, ...(before && { before }) });

test("where only a comparison is asked, every ordered pair is drawn as often as any other", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 120; seed += 1) {
    const key = order(seed, 4, defaultTaskSchema).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect([...counts.values()]).toEqual(Array(12).fill(10));
});

test("where more is asked all completions are shown, each order about as often", () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed += 1) {
    const shown = order(seed, 4, all);
    expect([...shown].sort()).toEqual([0, 1, 2, 3]);
    counts.set(shown.join(), (counts.get(shown.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  for (const count of counts.values()) expect(count).toBeGreaterThan(180);
  expect(order(5, 1, all)).toEqual([0]);
});

test("what was shown first stays first when more is asked, and less is shown when less is", () => {
  expect(order(7, 4, all, [3, 1]).slice(0, 2)).toEqual([3, 1]);
  expect(order(7, 4, defaultTaskSchema, [3, 1, 0, 2])).toEqual([3, 1]);
});

test("the steps to judge are the imported ones, else those that the question cuts", () => {
  const completion = (index: number, fields: object) => ({
    index,
    text: "A. B.\nC.",
    steps: [],
    hasSteps: false,
    ...fields,
  });
  const instance = {
    ...{ prompt: "Why?", messages: null },
    completions: [completion(0, { steps: ["A.", "C."], hasSteps: true }), completion(1, {})],
  };
  const stepsOf = (cut: "import" | "line" | "sentence") => {
    const question: Question = { id: "steps", type: "steps", name: "Steps", definition: "", cut, flags: [] };
    return shownIn([1, 0], instance, { questions: [question], reason: "off" }).completions.map(({ steps }) => steps);
  };
  expect(stepsOf("line")).toEqual([
    ["A. B.\n", "C."],
    ["A.", "C."],
  ]);
  expect(stepsOf("sentence")).toEqual([
    ["A. ", "B.\n", "C."],
    ["A.", "C."],
  ]);
  expect(stepsOf("import")).toEqual([["A. B.\nC."], ["A.", "C."]]);
});
