import { expect, test } from "vitest";
import { bindingsOf } from "../bindings";
import { withKeys } from "./span-categories";

const standard = bindingsOf({});
const named = (names: string[]) => names.map((name, index) => ({ id: `c${index}`, name, definition: "" }));
const keysOf = (...names: string[]) => withKeys(named(names), standard).map(({ key }) => key);

test("a category has the first letter of its name that is free and not one of the page's", () => {
  expect(keysOf("Irrelevant", "Incomplete", "Wrong", "Not true")).toEqual(["i", "c", "w", "t"]);
  expect(keysOf("Style", "Unsupported", "Grammar")).toEqual(["t", "p", "a"]);
});

test("a key that a person gave to a command is no category's, and one that is free again may be", () => {
  const own = bindingsOf({ submit: "w", skip: "k" });
  expect(withKeys(named(["Wrong", "Style"]), own).map(({ key }) => key)).toEqual(["o", "s"]);
});

test("names without Latin letters have letters, too", () => {
  expect(keysOf("事実", "関連", "42")).toEqual(["a", "b", "c"]);
});

test("twenty categories have twenty letters; colours come again with dashes", () => {
  const categories = withKeys(named(Array<string>(20).fill("Same")), standard);
  expect(new Set(categories.map(({ key }) => key)).size).toBe(20);
  expect(new Set(categories.map(({ colour, isDashed }) => colour + String(isDashed))).size).toBe(20);
  expect(categories[10]).toMatchObject({ colour: "var(--span-1)", isDashed: true });
});

test("a letter and a colour that the task schema names are the category's, whatever they mean on the page", () => {
  const categories = named(["Irrelevant", "Style", "Clear"]);
  const chosen = [categories[0]!, { ...categories[1]!, letter: "i", colour: 3 }, { ...categories[2]!, letter: "s" }];
  const shown = withKeys(chosen, standard);
  expect(shown.map(({ key }) => key)).toEqual(["e", "i", "s"]);
  expect(shown.map(({ colour, isDashed }) => [colour, isDashed])).toEqual([
    ["var(--span-1)", false],
    ["var(--span-3)", false],
    ["var(--span-3)", true],
  ]);
});
