import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "@/lib/testing/cpu-ms";
import { diffWords } from "./word-diff";

/** A diff in short: `-removed-` and `+added+`. */
function short(before: string, after: string): string {
  const signs = { same: "", removed: "-", added: "+" };
  return diffWords(before, after)
    .map(({ kind, text }) => signs[kind] + text + signs[kind])
    .join("");
}

function textOf(segments: ReturnType<typeof diffWords>, kind: "removed" | "added"): string {
  return segments
    .filter((segment) => segment.kind === "same" || segment.kind === kind)
    .map(({ text }) => text)
    .join("");
}

test.each([
  ["", "", ""],
  ["a b", "a b", "a b"],
  ["", "a b", "+a b+"],
  ["a b", "", "-a b-"],
  ["The cat sat.", "The dog sat.", "The -cat-+dog+ sat."],
  ["The cat sat.", "The old cat sat.", "The +old +cat sat."],
  ["one two three four", "one 2 3 four", "one -two three-+2 3+ four"],
  ["Yes. I do", "Yes, I do", "Yes-.-+,+ I do"],
  ["a  b", "a b", "a-  -+ +b"],
  ["我们喜欢猫", "我们喜欢狗", "我们喜欢-猫-+狗+"],
  ["one 👩‍👩‍👧", "one 👩‍👩‍👦", "one -👩‍👩‍👧-+👩‍👩‍👦+"],
  ["x\r\ny", "x\ny", "x-\r\n-+\n+y"],
])("%j and %j differ by %j", (before, after, expected) => {
  expect(short(before, after)).toBe(expected);
});

const word = fc.constantFrom("a", "b", "the", "cat", "猫", "👩‍👩‍👧", ".", ",");
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(" "));

test("a diff holds both texts whole, and nothing twice", () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "grapheme" })), fc.oneof(text, fc.string()), (before, after) => {
      const segments = diffWords(before, after);
      expect(textOf(segments, "removed")).toBe(before);
      expect(textOf(segments, "added")).toBe(after);
      segments.forEach(({ kind, text }, index) => {
        expect(text).not.toBe("");
        expect(kind).not.toBe(segments[index + 1]?.kind);
        if (kind === "removed") expect(segments[index - 1]?.kind).not.toBe("added");
      });
    }),
    { numRuns: 1000 },
  );
});

test("a diff is as short as the longest common subsequence allows", () => {
  const lettersOnly = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
  fc.assert(
    fc.property(lettersOnly, lettersOnly, (a, b) => {
      // Signs that are words of their own; no white space, so nothing is bridged.
      const segments = diffWords(a.map((sign) => `(${sign}`).join(""), b.map((sign) => `(${sign}`).join(""));
      const words = segments.filter(({ kind }) => kind === "same").map(({ text }) => text.length);
      expect(words.reduce((sum, length) => sum + length, 0)).toBe(longestCommon(tokens(a), tokens(b)));
    }),
    { numRuns: 300 },
  );
});

const tokens = (signs: string[]) => signs.flatMap((sign) => ["(", sign]);

function longestCommon(a: string[], b: string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, j) => next.push(word === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)));
    row = next;
  }
  return row.at(-1)!;
}

test("texts of 20,000 words are compared in a moment, however much they differ", () => {
  const words = (step: number) => Array.from({ length: 20_000 }, (_, i) => `w${(i * i * step) % 997}`);
  const before = words(1);
  for (const after of [words(3), before.map((other, i) => (i % 20 ? other : "x")), before.toReversed(), []]) {
    const started = cpuMs();
    const segments = diffWords(before.join(" "), after.join(" "));
    expect(cpuMs() - started).toBeLessThan(4000);
    expect(textOf(segments, "removed")).toBe(before.join(" "));
    expect(textOf(segments, "added")).toBe(after.join(" "));
  }
});
