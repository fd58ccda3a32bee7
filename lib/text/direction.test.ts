import { expect, test } from "vitest";
import { directionOfHtml, isolate } from "./direction";
import { renderMarkdown } from "./render";

test.each([
  ["مرحبا with English", "rtl"],
  ["English with مرحبا", "ltr"],
  ["# 1. שלום", "rtl"],
  ["- [ ] **ޓ**", "rtl"],
  ["```js\nconst x = 1;\n```\nمرحبا", "rtl"],
  ["« 12 » & 中文", "ltr"],
  ["", "ltr"],
  ["12 + 3", "ltr"],
] as const)("%j begins %s", async (markdown, direction) => {
  expect(directionOfHtml(await renderMarkdown(markdown))).toBe(direction);
});

test("a name that is read from the right is set apart from the sentence around it", () => {
  expect(isolate("نص 1")).toBe("\u2068نص 1\u2069");
  expect(isolate("gpt 1")).toBe("gpt 1");
});
