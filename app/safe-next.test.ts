import { expect, test } from "vitest";
import { safeNext } from "./safe-next";

test("a path of this site is kept with its query", () => {
  expect(safeNext("/projects/demo/members?role=admin#top")).toBe("/projects/demo/members?role=admin#top");
});

test.each([
  undefined,
  ["/a", "/b"],
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "\\\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "http://site:9/x",
  "/x/..//evil.example",
])("%o leads to the start page", (next) => {
  expect(safeNext(next)).toBe("/");
});
