import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { codePointLength } from "@/lib/text/code-points";
import { alignQuotes, quoteOf } from "./align-quotes";

const text = "The sky is green. 🌱 “Grass”—the sky is green, too — is blue.";

/** The stretches of the text at which quotes are found. */
function found(quotes: (string | { quote: string; occurrence?: number; category?: string })[], raw = text): string[] {
  const all = quotes.map((one) => ({ category: "wrong", ...(typeof one === "string" ? { quote: one } : one) }));
  const signs = [...raw];
  return alignQuotes(raw, all).aligned.map(({ start, end }) => `${start} ${signs.slice(start, end).join("")}`);
}

describe("a quote is found", () => {
  test.each([
    ["as it is", "is blue", "52 is blue"],
    ["with spaces around", " is blue ", "52 is blue"],
    ["behind a sign of two units, in code points", "Grass", "21 Grass"],
    ["whatever its quotation marks and dashes", '"grass" - the sky', "21 Grass”—the sky"],
    ["whatever its case and spaces", "THE SKY\nis  green", "0 The sky is green"],
    ["with a word misspelt", "The sky is gren, too", "28 the sky is green, too"],
    ["with a word too many", "Grass, the sky is very green too is blue", "21 Grass”—the sky is green, too — is blue"],
    ["cut at a word's end", "the sky is gree, to", "28 the sky is green, too"],
  ])("%s", (_, quote, place) => {
    expect(found([quote])).toEqual([place]);
  });

  test("as whole words first, within a word if nowhere else", () => {
    expect(found(["is"], "This is it.")).toEqual(["5 is"]);
    expect(found(["thi"], "This is it.")).toEqual(["0 Thi"]);
    expect(found(["天空"], "草是天空的颜色")).toEqual(["2 天空"]);
  });

  test("but not if it is about something else, or nothing", () => {
    for (const quote of ["The sea is deep and cold.", "...", "grin", "x"]) expect(found([quote])).toEqual([]);
  });
});

describe("several quotes", () => {
  test("the same words are found at the next place each time", () => {
    expect(found(["a b", "a b", "a b"], "a b, a b.")).toEqual(["0 a b", "5 a b"]);
    expect(found(["sky is green", "sky is green"])).toEqual(["4 sky is green", "32 sky is green"]);
  });

  test("one within another is found apart from it if it can be, in it if not", () => {
    expect(found(["The sky is green.", "green"])).toEqual(["0 The sky is green.", "39 green"]);
    expect(found(["the whole text", "whole"], "It is the whole text.")).toEqual(["6 the whole text", "10 whole"]);
  });

  test("one place can have two categories", () => {
    const quotes = [{ quote: "blue" }, { quote: "blue", category: "vague" }, { quote: "blue" }];
    expect(found(quotes)).toEqual(["55 blue", "55 blue"]);
  });

  test("a named occurrence is that one or none", () => {
    expect(found([{ quote: "green", occurrence: 2 }])).toEqual(["39 green"]);
    expect(found([{ quote: "green", occurrence: 3 }])).toEqual([]);
    expect(found([{ quote: "SKY", occurrence: 2 }])).toEqual(["32 sky"]);
  });

  test("the occurrences of words that repeat themselves overlap", () => {
    const place = { start: 2, end: 5 };
    expect(quoteOf("a a a", place)).toEqual({ quote: "a a", occurrence: 2 });
    expect(alignQuotes("a a a", [{ ...quoteOf("a a a", place), category: "wrong" }]).aligned).toMatchObject([place]);
  });

  test("what is not found is kept as it was said", () => {
    const quote = { quote: "Nobody wrote this.", category: "wrong", note: "why" };
    expect(alignQuotes(text, [quote])).toEqual({ aligned: [], unaligned: [quote] });
  });
});

const word = fc.stringMatching(/^[a-zé🌱]{1,6}$/u);
const words = fc.array(word, { minLength: 1, maxLength: 40 });

test("a stretch quoted by the place it has is found there", () => {
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), (all, one, other) => {
      const raw = all.join(" ");
      const [from, to] = [one % all.length, other % all.length].sort((a, b) => a - b) as [number, number];
      const start = codePointLength(all.slice(0, from).join(" ")) + (from > 0 ? 1 : 0);
      const end = codePointLength(all.slice(0, to + 1).join(" "));
      const { aligned } = alignQuotes(raw, [{ ...quoteOf(raw, { start, end }), category: "wrong" }]);
      expect(aligned).toMatchObject([{ start, end }]);
    }),
  );
});

test("places lie in the text, whatever is quoted, and every quote comes back once", () => {
  const piece = fc.string({ unit: "binary", maxLength: 20 });
  fc.assert(
    fc.property(piece, fc.array(piece, { maxLength: 5 }), (raw, quotes) => {
      const said = quotes.map((quote) => ({ quote, category: "wrong" }));
      const { aligned, unaligned } = alignQuotes(raw, said);
      expect(aligned.length + unaligned.length).toBe(quotes.length);
      for (const { start, end } of aligned) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(codePointLength(raw));
      }
    }),
  );
});

test("fifty quotes that are nowhere in 20,000 characters, and fifty that are nearly, take no time", () => {
  const random = seededRandom(1);
  const letter = () => "eeeetttaaooiinnsshhrrdlcumwfgyp"[Math.floor(random() * 31)]!;
  const prose = (length: number) =>
    Array.from({ length: length / 5 }, () => `${letter()}${letter()}${letter()}${letter()} `).join("");
  const raw = prose(20_000);
  const strange = Array.from({ length: 50 }, () => ({ quote: prose(300), category: "wrong" }));
  const near = strange.map((_, i) => {
    const quote = raw.slice(i * 390, i * 390 + 300);
    return { quote: `${quote.slice(0, 100)}?x?${quote.slice(105)}`, category: "wrong" };
  });
  // Other work on the machine does not count.
  const started = process.cpuUsage();
  expect(alignQuotes(raw, strange).aligned).toEqual([]);
  expect(alignQuotes(raw, near).aligned).toHaveLength(50);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
