import { expect, test } from "vitest";
import { hasMeaningOf } from "./keep-meanings";
import { defaultComparison, type Question, type RatingScale } from "./schema";

const asked = { id: "q", name: "Question", definition: "" };
const rating = (scale: RatingScale): Question => ({ id: "q", type: "rating", aspects: [asked], scale });
const categories = (...values: string[]): RatingScale => ({
  kind: "categories",
  categories: values.map((value) => ({ value, name: `${value}!` })),
});
const range = { kind: "range", min: 0, max: 10, step: 1 } as const;
const steps = (cut: "line" | "sentence", flags: string[] = []): Question => ({ ...asked, type: "steps", cut, flags });
const binary = (kind: string): Question => ({ ...asked, type: "binary", kind });

test.each<[string, boolean, Question, Question]>([
  ["another type does not", false, defaultComparison, { ...asked, type: "ranking" }],
  ["a comparison on another scale does", true, defaultComparison, { ...defaultComparison, scale: 7 }],
  ["other points do not", false, rating({ kind: "points", points: 5 }), rating({ kind: "points", points: 7 })],
  ["named points do", true, rating({ kind: "points", points: 5 }), rating({ kind: "points", points: 5, low: "bad" })],
  ["another kind of scale does not", false, rating({ kind: "points", points: 10 }), rating(range)],
  ["another range does not", false, rating(range), rating({ ...range, max: 100 })],
  ["the same range does", true, rating(range), rating({ ...range })],
  ["an added category does", true, rating(categories("no", "yes")), rating(categories("no", "maybe", "yes"))],
  ["a category less does not", false, rating(categories("no", "maybe", "yes")), rating(categories("no", "yes"))],
  ["another cut does not", false, steps("line"), steps("sentence")],
  ["more flags do", true, steps("line"), steps("line", ["slip"])],
  ["another kind of yes does not", false, binary("thumb"), binary("correct")],
  ["another name does", true, binary("thumb"), { ...binary("thumb"), name: "Thumb up?" } as Question],
])("%s keep the meaning of a question", (_, isKept, before, after) => {
  expect(hasMeaningOf(before, after)).toBe(isKept);
});
