import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { findLastJsonObject, lastJsonObject } from "./last-json-object";

test.each([
  ['{"a": 1}', { a: 1 }],
  ['Draft {"a": 1}. No: {"a": 2} it is.', { a: 2 }],
  ['```json\n{"a": {"b": 1}}\n```', { a: { b: 1 } }],
  ['{"a": "} \\" {"} trailing }', { a: '} " {' }],
  ['the set {x} and {"a": 1}', { a: 1 }],
  ['an open { and {"a": 1}', { a: 1 }],
  ['a lone " quote {"a": 1}', { a: 1 }],
  ['{"a": 1} and then {broken', { a: 1 }],
])("%s", (text, expected) => {
  expect(lastJsonObject(text)).toEqual(expected);
});

test.each(["", "A", "[1, 2]", '{"a": 1', "{a: 1}", '"{}', "{'a': 1}"])("%j holds none", (text) => {
  // A string that opens before the brace belongs to prose, so the braces in it count.
  expect(lastJsonObject(text)).toEqual(text === '"{}' ? {} : undefined);
});

test("the last of any objects in any prose is found", () => {
  const prose = fc.string().map((text) => text.replaceAll(/["{}\\]/g, ""));
  const objects = fc.array(fc.tuple(prose, fc.dictionary(fc.string(), fc.jsonValue())), { minLength: 1 });
  fc.assert(
    fc.property(objects, prose, (parts, end) => {
      const text = parts.map(([before, object]) => before + JSON.stringify(object)).join("") + end;
      expect(lastJsonObject(text)).toEqual(JSON.parse(JSON.stringify(parts.at(-1)![1])));
    }),
  );
});

test("it is found where it stands, however long the text before it", () => {
  const before = `${"x".repeat(150_000)} {"a": 1} `;
  const found = findLastJsonObject(`${before}{"a": 2}.`);
  expect(found).toEqual({ value: { a: 2 }, start: before.length, end: before.length + 8, isClear: true });
});

test.each([
  ['{"a": 1}', true],
  ['the set {x} and {"a": 1}', true],
  ['{"a": 1} and then {broken', true],
  ['{"b": 1,} {"a": 1}', true],
  ['It begins with {"b": 1 and never ends. {"a": 1}', true],
  ['{"a": 1} no: {"a": 2,}', false],
  ['{"a": 1} no: {"a": 2', false],
  ['{"list": [{"a": 1}],}', false],
])("%s: what is broken around or behind the object shows", (text, isClear) => {
  expect(findLastJsonObject(text)).toMatchObject({ value: { a: 1 }, isClear });
});

test.each(["{", '{"', '{"a":', "{}{", "}"])("a megabyte of %s takes no time", (part) => {
  const started = cpuMs();
  lastJsonObject(part.repeat(1_000_000 / part.length));
  expect(cpuMs() - started).toBeLessThan(500);
});
