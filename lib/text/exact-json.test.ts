import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExact, stringifyExact } from "./exact-json";

test("numbers that a double would change come back as written", () => {
  const text =
    '{"id":12345678901234567890,"p":0.12345678901234567890123,"list":[-9007199254740993,1e400],"a":"say \\"9007199254740993\\" \\\\"}';
  const { value, exact } = parseExact(text);
  expect(value).toMatchObject({ id: 12345678901234567000, a: 'say "9007199254740993" \\' });
  expect(stringifyExact(exact)).toBe(text);
});

test("numbers that a double holds are left to JSON.parse", () => {
  const { value, exact } = parseExact(
    '{"a":0.30000000000000004,"b":1e3,"c":1234567890123456,"d":-0.0,"e":1.50000000000000000}',
  );
  expect(exact).toBe(value);
  expect(stringifyExact(exact)).toBe('{"a":0.30000000000000004,"b":1000,"c":1234567890123456,"d":0,"e":1.5}');
});

test("a number no database takes is an error", () => {
  expect(() => parseExact("1e999999")).toThrow(SyntaxError);
  expect(() => parseExact("1".repeat(2000))).toThrow(SyntaxError);
});

test("a text that looks like a mark cannot break the JSON", () => {
  const odd = { "\uFDD0number:1": "\uFDD0number:--1" };
  expect(JSON.parse(stringifyExact(odd))).toEqual(odd);
});

test("any JSON value survives", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const parsed = parseExact(text);
      expect(parsed.value).toEqual(JSON.parse(text));
      expect(JSON.parse(stringifyExact(parsed.exact))).toEqual(JSON.parse(text));
    }),
  );
});

test("whole numbers of any length survive", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (number) => {
      // A long number that ends in zeros can be one that a double holds; JSON.stringify writes that with an exponent.
      fc.pre(String(number).length <= 21 || number % 10n !== 0n);
      const text = `{"n":[${number}]}`;
      expect(stringifyExact(parseExact(text).exact)).toBe(text);
    }),
  );
});
