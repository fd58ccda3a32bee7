import { expect, test } from "vitest";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { findMath, texOf } from "./find-math";

const found = (raw: string) =>
  findMath(raw, [], 100).map(({ start, end, isDisplay }) => [raw.slice(start, end), isDisplay]);

test("finds all four ways to write a formula", () => {
  expect(found("a $x$ b \\(y\\) c $$z$$ d \\[\nw\n\\]")).toEqual([
    ["$x$", false],
    ["\\(y\\)", false],
    ["$$z$$", true],
    ["\\[\nw\n\\]", true],
  ]);
});

test("money and shell variables are no formulas", () => {
  for (const text of [
    "$5 and $10",
    "$5/$10",
    "($5) ($6)",
    "US$5, A$6",
    "$1M-$2M",
    "echo $HOME:$PATH",
    "$ x $",
    "only $5",
    "\\$x$",
  ]) {
    expect(found(text), text).toEqual([]);
  }
});

test("an escaped dollar inside a formula does not end it", () => {
  expect(found("$a = \\$5$ b")).toEqual([["$a = \\$5$", false]]);
});

test("a line break command is not an opening bracket", () => {
  expect(found("a \\\\[2pt] b \\]")).toEqual([]);
});

test("a formula does not run over a blank line, into code, or on without end", () => {
  expect(found("$$a\n\nb$$")).toEqual([]);
  expect(found(`\\[${"x".repeat(6000)}\\]`)).toEqual([]);
  expect(findMath("$a `$` b$", [{ start: 3, end: 6 }], 100)).toEqual([]);
});

test("the marks of a quotation are not part of the TeX", () => {
  expect(texOf("$$\n> a\n> b\n> $$")).toBe("a\nb");
  expect(texOf("$x > y$")).toBe("x > y");
  expect(texOf("\\(x\\)")).toBe("x");
});

test("many openers without closers take no time", () => {
  const started = cpuMs();
  expect(found("\\[ \\( $ ".repeat(20_000))).toEqual([]);
  expect(cpuMs() - started).toBeLessThan(1500);
});
