import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("fields with commas, quotes and lines are quoted, and none is a formula", () => {
  expect(csvLine(["a", 1.5, null, -3])).toBe("a,1.5,,-3\r\n");
  expect(csvLine(['say "hi", then', "two\nlines"])).toBe('"say ""hi"", then","two\nlines"\r\n');
  expect(csvLine(["=1+1", "@x", "-2"])).toBe("'=1+1,'@x,'-2\r\n");
});
