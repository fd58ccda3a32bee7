import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import { entitiesOf } from "./entities";
import { textNumbersOf } from "./text-numbers";
import { wordsOf } from "./words";

const numbersOf = (prompt: string, completions: (string | null)[]) =>
  textNumbersOf(
    { prompt, completions },
    completions.filter((text) => text !== null).map((text) => encodeHashed(text)),
  );

test("words of every script are told apart", () => {
  expect(wordsOf("Don't stop: CAFÉ, naïve 3x!")).toEqual(["don't", "stop", "café", "naïve", "3x"]);
  expect(wordsOf("今天天气很好。我们去公园吧")).toEqual(["今天", "天气", "很好", "我们", "去", "公园", "吧"]);
  expect(wordsOf("東京タワーに行きました")).toContain("行き");
  expect(wordsOf("สวัสดีครับ ผมชื่อจอห์น").length).toBeGreaterThan(3);
  expect(wordsOf("나는 학교에 간다")).toEqual(["나는", "학교에", "간다"]);
  expect(wordsOf("हिन्दी भाषा")).toEqual(["हिन्दी", "भाषा"]);
  expect(wordsOf("😀 — …")).toEqual([]);
  expect(wordsOf("漢".repeat(5000)).length).toBeGreaterThan(1000);
});

test("entities are runs with capitals, numbers and identifiers, but no word for beginning a sentence", () => {
  const of = (text: string) => [...entitiesOf(text)].sort();
  expect(of("The cat met Marie Curie in Paris. She had 2 cats.")).toEqual(["2", "Marie Curie", "Paris"]);
  expect(of("1. First of all, NASA launched on 2024-05-01.\n2. Then it cost 1,200.50 dollars.")).toEqual([
    "1,200.50",
    "2024-05-01",
    "NASA",
  ]);
  expect(of("Call `get_user_name` or parseInt, then os.path.join() in HTTPServer2.")).toEqual([
    "HTTPServer2",
    "get_user_name",
    "os.path.join",
    "parseInt",
  ]);
  expect(of("Obama's wife met Angela Merkel’s staff; I and A plan stayed.")).toEqual(["Angela Merkel"]);
  expect(of("我在 Google 工作了 10 年")).toEqual(["10", "Google"]);
  expect(of("")).toEqual([]);
});

test("the numbers of a pair, worked by hand", () => {
  const numbers = numbersOf("Name two rivers.", ["The Rhine and the Elbe.", "- the Rhine\n- the **Danube** and more"]);
  expect(numbers).toEqual({
    prompt_length: 3,
    shorter_length: 5,
    longer_length: 6,
    length_difference: 1,
    // Rhine, Elbe and Rhine, Danube.
    entity_overlap: 1 / 3,
    // the, the, rhine, and.
    token_overlap: 8 / 11,
    // the rhine the ... or the rhine and: three.
    rouge_l: 6 / 11,
    token_similarity: expect.closeTo(0.78, 1) as number,
    cosine: expect.closeTo(0.5, 0) as number,
    // Lists and bold stand in one of them only.
    format_difference: 1,
  });
  expect(numbers.token_similarity).toBeGreaterThan(numbers.token_overlap!);
});

test("the same text twice is as alike as can be, and has no difference", () => {
  const text = "Yes, **John Smith** did.\n\n```\ncode\n```";
  const numbers = numbersOf("?", [text, text]);
  expect(numbers).toMatchObject({
    entity_overlap: 1,
    token_overlap: 1,
    rouge_l: 1,
    length_difference: 0,
    format_difference: 0,
  });
  expect(numbers.token_similarity).toBeCloseTo(1, 5);
  expect(numbers.cosine).toBeCloseTo(1, 5);
});

test("of more than two completions the numbers are means over their pairs", () => {
  const [a, b, c] = ["one two three", "one two", "four"];
  const pairs = [numbersOf("p", [a, b]), numbersOf("p", [a, c]), numbersOf("p", [b, c])];
  const all = numbersOf("p", [a, b, c]);
  for (const [feature, value] of Object.entries(all)) {
    const mean = pairs.reduce((sum, one) => sum + one[feature as keyof typeof one]!, 0) / 3;
    expect(value, feature).toBeCloseTo(mean, 12);
  }
});

test("a completion whose text is not known is left out, and what needs two with it", () => {
  expect(numbersOf("what is it", ["A text", null])).toEqual({ prompt_length: 3 });
  expect(numbersOf("what is it", [null, "A text", "A text"])).toMatchObject({ rouge_l: 1, shorter_length: 2 });
  expect(numbersOf("", [])).toEqual({ prompt_length: 0 });
});

test("long texts are compared by their beginning and counted whole", () => {
  const start = Array.from({ length: 200 }, (_, i) => `word${i}`).join(" ");
  const numbers = numbersOf("p", [`${start} ${"tail ".repeat(300)}`, `${start} ${"other ".repeat(100)}`]);
  expect(numbers).toMatchObject({ rouge_l: 1, token_overlap: 1, longer_length: 500, shorter_length: 300 });
});
