import { expect, test } from "vitest";
import type { QuestionOf } from "@/lib/projects/schema";
import { categoryLooks, headLooks } from "./category-looks";

const spans = (id: string, ...categories: { id: string; letter?: string; colour?: number }[]): QuestionOf<"spans"> => ({
  ...{ id, type: "spans", name: id, definition: "", severities: [], onPrompt: false },
  categories: categories.map((one) => ({ name: one.id, definition: "", ...one })),
});
const shown = (looks: ReturnType<typeof categoryLooks>) => looks.map(({ id, key, colour }) => [id, key, colour]);

test("categories have the letters and colours of their question, and those that it does not have come behind", () => {
  const { categories } = spans("errors", { id: "wrong", letter: "x", colour: 7 }, { id: "vague" });
  expect(shown(categoryLooks(categories, ["vague", "odd", "odd"]))).toEqual([
    ["wrong", "x", "var(--span-7)"],
    ["vague", "v", "var(--span-2)"],
    ["odd", "o", "var(--span-3)"],
  ]);
});

test("there are looks for more categories than letters", () => {
  const many = Array.from({ length: 30 }, (_, index) => `c${index}`);
  const looks = categoryLooks([], many);
  expect(looks.map(({ id }) => id)).toEqual(many);
  expect(looks.every(({ key }) => /^[a-z]$/.test(key))).toBe(true);
});

test("heads of a reward model look as the categories that they learned, each with a letter of its own", () => {
  const questions = [
    spans("facts", { id: "wrong", colour: 4 }, { id: "vague", colour: 5 }),
    spans("style", { id: "clumsy" }, { id: "vague" }, { id: "weak", letter: "w" }),
  ];
  expect(shown(headLooks(["clumsy", "facts: vague", "style: vague", "wrong", "weak", "gone"], questions))).toEqual([
    ["clumsy", "c", "var(--span-1)"],
    ["facts: vague", "v", "var(--span-5)"],
    ["style: vague", "t", "var(--span-2)"],
    ["wrong", "w", "var(--span-4)"],
    ["weak", "e", "var(--span-3)"],
    ["gone", "o", "var(--span-6)"],
  ]);
});
