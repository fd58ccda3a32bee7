import { translatorOf } from "@/lib/testing/translator";
import { expect, test } from "vitest";
import { isAmount, isCurrency, toAmount, toMicros } from "./words";

const t = translatorOf("spending.amount");

test("amounts are what a form takes, and what is none is told how to be written", () => {
  for (const amount of ["", " ", "0", "20", " 0.5 ", "999999999.999999"])
    expect(isAmount(amount, t), amount).toBe(true);
  for (const amount of ["-1", "much", "1e9", ".5", "5.", "1.2.3", "0x10"])
    expect(isAmount(amount, t), amount).toBe("Give an amount such as 20 or 0.5, or leave it empty.");
  expect(isAmount("1000000000", t)).toBe("Give at most 999,999,999, without the commas.");
  expect(isAmount("0.0000001", t)).toBe("Give at most six decimals.");
  expect(isAmount("1,5", t)).toBe("Write 1.5, with a point.");
});

test("a currency is three letters", () => {
  expect(isCurrency(" eur ", t)).toBe(true);
  for (const text of ["", "e", "12$", "EURO"]) expect(isCurrency(text, t), text).toMatch(/^Give the three letters/);
});

test("amounts go to millionths and back", () => {
  for (const amount of ["", "0", "0.05", "20", "999999999.999999"]) expect(toAmount(toMicros(amount))).toBe(amount);
  expect(toMicros(" 0.1 ")).toBe(100_000);
});
