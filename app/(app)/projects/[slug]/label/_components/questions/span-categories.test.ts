import { expect, test } from "vitest";
import { withKeys } from "./span-categories";

const keysOf = (...names: string[]) =>
  withKeys(names.map((name, index) => ({ id: `c${index}`, name, definition: "" }))).map(({ key }) => key);

test("a category has the first letter of its name that is free and not one of the page's", () => {
  expect(keysOf("Irrelevant", "Incomplete", "Wrong", "Not true")).toEqual(["i", "c", "w", "t"]);
  expect(keysOf("Style", "Unsupported", "Grammar")).toEqual(["t", "p", "a"]);
});

test("names without Latin letters have letters, too", () => {
  expect(keysOf("事実", "関連", "42")).toEqual(["a", "b", "c"]);
});

test("twenty categories have twenty letters; colours come again with dashes", () => {
  const categories = withKeys(Array.from({ length: 20 }, (_, i) => ({ id: `c${i}`, name: "Same", definition: "" })));
  expect(new Set(categories.map(({ key }) => key)).size).toBe(20);
  expect(new Set(categories.map(({ colour, isDashed }) => colour + String(isDashed))).size).toBe(20);
  expect(categories[10]).toMatchObject({ colour: "var(--span-1)", isDashed: true });
});
