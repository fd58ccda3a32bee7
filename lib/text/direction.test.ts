import { expect, test } from "vitest";
import { directionOfHtml } from "./direction";
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
