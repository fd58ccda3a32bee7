import { expect, test } from "vitest";
import { codePointLength } from "./code-points";
import { modelNameHider } from "./model-names";

/** With each hidden name as one `_`. */
function hidden(models: string[], text: string): string {
  const result = modelNameHider(models)(text);
  expect(codePointLength(result)).toBe(codePointLength(text));
  return result.replaceAll(/\uFDD0+/g, "_");
}

test("names are hidden where they stand as words, however they are joined and written", () => {
  expect(hidden(["vicuna-13b"], "Vicuna 13B, vicuna_13b and VICUNA13b; vicuna-13bx and xvicuna-13b stay.")).toBe(
    "_, _ and _; vicuna-13bx and xvicuna-13b stay.",
  );
  expect(hidden(["lmsys/fastchat-t5"], "lmsys/fastchat-t5 is FastChat-T5.")).toBe("_ is _.");
  expect(hidden(["gpt-4", "gpt-4-0613"], "gpt-4-0613, gpt-4.")).toBe("_, _.");
  expect(hidden(["通义千问"], "我是通义千问。")).toBe("我是_。");
  expect(hidden(["m😀x"], "m😀x and 😀")).toBe("_ and 😀");
  expect(hidden(["a.b (c)+"], "axb (c)+ a.b (c)+!")).toBe("axb (c)+ _!");
});

test("words that name no model stay, as do texts without any name", () => {
  const text = "A human is no model; 7 of 1 and a.";
  expect(hidden(["human", "Model", "7", "a", "-", ""], text)).toBe(text);
  expect(hidden([], text)).toBe(text);
});
