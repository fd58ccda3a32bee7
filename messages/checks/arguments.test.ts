import { expect, test } from "vitest";
import { argumentsOf, differenceOf, placesOf } from "./arguments";

test("values and tags are found wherever they stand in a message", () => {
  const { all, shown } = argumentsOf("{count, plural, one {one of {name}} other {<link>all</link> of {names}}}");
  expect([...all].sort()).toEqual(["<link>", "count", "name", "names"]);
  expect([...shown].sort()).toEqual(["<link>", "name", "names"]);
  expect(argumentsOf("Nothing '{' here").all.size).toBe(0);
});

test("a language may leave out a value that only chooses between wordings, and none that is shown", () => {
  expect(differenceOf("它们", "{count, plural, one {it} other {them}}")).toBeUndefined();
  expect(differenceOf("样本", "{count, plural, one {one} other {# instances}}")).toBe("does not show count");
  expect(differenceOf("{count} 个样本", "{count, plural, one {one} other {# instances}}")).toBeUndefined();
  expect(differenceOf("{n} 个", "{count} instances")).toBe("asks for n, which English does not");
  expect(differenceOf("全部", "<link>All</link>")).toBe("does not show <link>");
});

test("the places of a sentence are found in any order", () => {
  expect(placesOf("{1} of {0}, again {1}")).toEqual(["0", "1"]);
});
