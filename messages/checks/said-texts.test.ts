import { expect, test } from "vitest";
import { parseSource } from "./sources";
import { findSaid, findZodMessages, isSameSentence } from "./said-texts";

const textsOf = (found: { text: string }[]) => found.map(({ text }) => text);

test("sentences that are said have places for their values", () => {
  const text =
    "throw new AppError('gone', n > 1 ? say`${n} are ${what}.` : say`It is.`); sayText(ok ? `is ${a}` : 'is b');";
  expect(textsOf(findSaid(parseSource("a.ts", text)))).toEqual(["{0} are {1}.", "It is.", "is {0}", "is b"]);
});

test("the messages of a schema are found, and nothing that only looks like one", () => {
  const text = `
    import { z } from "zod";
    const a = z.string("is no text").trim().min(1, "is empty").max(n, \`has over \${n} characters\`).default("none");
    const b = z.enum(["x", "y"], { error: "is neither" }).describe("a word");
    const c = z.array(a).refine(check, { message: "is double", path: ["x"] }).refine(other, "is other");
    const d = z.union([a, b], { error: () => (deep ? "is deep" : "is flat") }).superRefine((value, context) => {
      context.addIssue({ code: "custom", message: "is odd" });
      context.issues.push({ code: "custom", input: value, message: \`is \${value}\` });
    });
    z.literal("kind"); "abc".startsWith("a");
  `;
  expect(textsOf(findZodMessages(parseSource("schema.ts", text))).sort()).toEqual(
    [
      "is no text",
      "is empty",
      "has over {0} characters",
      "is neither",
      "is double",
      "is other",
      "is deep",
      "is flat",
      "is odd",
      "is {0}",
    ].sort(),
  );
  expect(findZodMessages(parseSource("a.ts", `list.min(1, "x")`))).toEqual([]);
});

test("a sentence may have in the catalogue the value that the code fills in, and the other way round", () => {
  expect(isSameSentence("has over 12 characters", "has over {0} characters")).toBe(true);
  expect(isSameSentence("has over {0} characters", "has over 12 characters")).toBe(true);
  expect(isSameSentence("{0}: {1}", "any: text")).toBe(false);
});
