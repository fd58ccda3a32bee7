import { expect, it } from "vitest";
import { numbersOf } from "./numbers";

it("writes shares and money as each language does", () => {
  expect(numbersOf("en").percent(0.724, [0.7, 0.75])).toBe("72.4\u202f% (70.0–75.0)");
  expect(numbersOf("zh-Hans").money(1_234_500_000, "EUR")).toBe("1,234.50\u00a0EUR");
});

it("keeps their parts in order where the line is written from the right", () => {
  const { percent, money } = numbersOf("ar");
  expect(percent(0.724)).toBe("\u206672.4\u202f%\u2069");
  expect(percent(0.724, 0.019)).toBe("\u206672.4\u202f% ±\u202f1.9\u2069");
  expect(percent(0.724, [0.7, 0.75])).toBe("\u206672.4\u202f% (70.0–75.0)\u2069");
  expect(money(12_500_000, "EUR")).toBe("\u206612.50\u00a0EUR\u2069");
  expect(percent(Number.NaN)).toBe("–");
});
