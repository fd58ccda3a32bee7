import { expect, test } from "vitest";
import { letterOf } from "./letter";

test("places are lettered as spreadsheets do it", () => {
  expect([0, 1, 25, 26, 27, 51, 52, 701, 702].map(letterOf)).toEqual([
    ...["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"],
  ]);
});
