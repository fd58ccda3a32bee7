import { expect, test } from "vitest";
import { pointNames } from "./scales/schema";
import { defaultComparison, taskSchema } from "./schema";

const aspects = [{ id: "helpful", name: "Helpful", definition: "" }];
const faultsOf = (question: object) =>
  taskSchema.safeParse({ questions: [question], reason: "off" }).error?.issues.map(({ path }) => path.join(".")) ?? [];
const points = (scale: object) => ({ id: "rating", type: "rating", aspects, scale: { kind: "points", ...scale } });
const marks = (...looks: object[]) => ({
  ...{ id: "errors", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
  categories: looks.map((look, index) => ({ id: `c${index}`, name: "Wrong", definition: "", ...look })),
});

test("points have a name each or names of the ends, and not both", () => {
  expect(faultsOf(points({ points: 3, names: ["no", "", "yes"] }))).toEqual([]);
  expect(faultsOf(points({ points: 3, names: ["no", "yes"] }))).toEqual(["questions.0.scale.names"]);
  expect(faultsOf(points({ points: 2, low: "no", names: ["no", "yes"] }))).toEqual(["questions.0.scale.names"]);
  expect(pointNames({ kind: "points", points: 3, low: "no" })).toEqual(["no", "", ""]);
  expect(pointNames({ kind: "points", points: 2, names: ["", "yes"] })).toEqual(["", "yes"]);
});

test("a comparison has a word for each degree of its scale, and one for its middle where there is one", () => {
  expect(faultsOf({ ...defaultComparison, degrees: ["clearly safer", "safer"], tie: "As safe" })).toEqual([]);
  expect(faultsOf({ ...defaultComparison, degrees: ["safer"] })).toEqual(["questions.0.degrees"]);
  expect(faultsOf({ ...defaultComparison, scale: 2, tie: "Same" })).toEqual(["questions.0.tie"]);
});

test("an aspect offers one to twelve reasons, each once", () => {
  const offering = (...reasons: string[]) => ({ ...defaultComparison, aspects: [{ ...aspects[0], reasons }] });
  const twelve = Array.from({ length: 12 }, (_, index) => `reason ${index}`);
  expect(faultsOf(offering(...twelve))).toEqual([]);
  expect(faultsOf(offering())).toEqual(["questions.0.aspects.0.reasons"]);
  expect(faultsOf(offering(...twelve, "one more"))).toEqual(["questions.0.aspects.0.reasons"]);
  expect(faultsOf(offering("right", "", "right "))).toEqual([
    "questions.0.aspects.0.reasons.1",
    "questions.0.aspects.0.reasons.2",
  ]);
  expect(faultsOf({ ...points({ points: 3 }), aspects: [{ ...aspects[0], reasons: ["right"] }] })).toEqual([
    "questions.0.aspects.0",
  ]);
});

test("categories have letters of their own, and colours of the palette", () => {
  expect(faultsOf(marks({ letter: "a", colour: 10 }, { letter: "b", colour: 10 }, {}))).toEqual([]);
  expect(faultsOf(marks({ letter: "a" }, { letter: "a" }))).toEqual(["questions.0.categories.1.letter"]);
  expect(faultsOf(marks({ letter: "A" }, { colour: 11 }))).toEqual([
    "questions.0.categories.0.letter",
    "questions.0.categories.1.colour",
  ]);
});
