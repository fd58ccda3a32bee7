import { describe, expect, test } from "vitest";
import { aJudgeQuestion } from "@/lib/testing/judge-questions";
import { critique } from "./critique";

type Rewrite = "off" | "optional" | "required";
const asking = (rewrite: Rewrite) =>
  aJudgeQuestion("critique", { rewrite, completions: ["The sky is green. The sky is high."] });
const parse = (said: object, rewrite: Rewrite = "optional") =>
  critique.parse({ text: JSON.stringify(said) }, asking(rewrite));

describe("an answer", () => {
  test("quotes passages by the ids of their spans, in the order of the text", () => {
    const quotes = [
      { quote: "sky is high", category: "good" },
      { quote: "green", category: "poor" },
    ];
    expect(parse({ critique: "Half right.", quotes, rewrite: "The sky is blue." })).toEqual({
      kind: "critique",
      text: "Half right.",
      quotes: ["11-16:poor", "22-33:good"],
      rewrite: "The sky is blue.",
      reasoning: null,
    });
  });

  test("may quote nothing, and rewrites as it was asked to", () => {
    expect(parse({ critique: "Fine.", quotes: [] })).toMatchObject({ quotes: [], rewrite: null });
    expect(parse({ critique: "Fine.", quotes: [], rewrite: null })).toMatchObject({ rewrite: null });
    expect(parse({ critique: "Fine.", quotes: [], rewrite: "Better." }, "off")).toMatchObject({ rewrite: null });
    expect(parse({ critique: "Fine.", quotes: [], rewrite: "Better." }, "required")).toMatchObject({
      rewrite: "Better.",
    });
  });

  test.each([
    [{ quotes: [] }, '"critique" is not a text'],
    [{ critique: " ", quotes: [] }, '"critique" is empty'],
    [{ critique: "Fine." }, '"quotes" is not a list of objects'],
    [
      { critique: "Fine.", quotes: [{ quote: "The sea is deep.", category: "poor" }] },
      'the quote "The sea is deep." is not in the completion',
    ],
    [
      { critique: "Fine.", quotes: [{ quote: "green", category: "bad" }] },
      '"quotes 1 category" is "bad", which is not "good" or "poor"',
    ],
  ])("%j is invalid: %s", (said, problem) => {
    expect(parse(said)).toEqual({ kind: "invalid", problem });
  });

  test("a rewrite that is required is not left out", () => {
    expect(parse({ critique: "Fine.", quotes: [] }, "required")).toEqual({
      kind: "invalid",
      problem: '"rewrite" is not a text',
    });
    expect(critique.describeAnswer(asking("required"))).toContain('"rewrite" is the whole completion as it should be.');
    expect(critique.describeAnswer(asking("off"))).not.toContain("rewrite");
  });

  test("what is written is read back, which of several places included", () => {
    const said = {
      ...{ kind: "critique" as const, text: "Half right.", rewrite: null, reasoning: null },
      quotes: ["4-7:poor", "22-25:good"],
    };
    const written = critique.write(said, asking("optional"));
    expect(written.quotes).toEqual([
      { quote: "sky", occurrence: 1, category: "poor" },
      { quote: "sky", occurrence: 2, category: "good" },
    ]);
    expect(parse(written)).toEqual(said);
    expect(critique.write(said, asking("off"))).not.toHaveProperty("rewrite");
  });
});
