import { expect, test } from "vitest";
import { argumentsOf, placesOf } from "./arguments";

test("values and tags are found wherever they stand in a message", () => {
  expect(argumentsOf("{count, plural, one {# of {name}} other {<link>all</link> of {names}}}")).toEqual([
    "<link>",
    "count",
    "name",
    "names",
  ]);
  expect(argumentsOf("Nothing ’{’ here".replaceAll("’", "'"))).toEqual([]);
});

test("the places of a sentence are found in any order", () => {
  expect(placesOf("{1} of {0}, again {1}")).toEqual(["0", "1"]);
});
