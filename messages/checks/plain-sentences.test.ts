import { expect, test } from "vitest";
import { findPlainSentences } from "./plain-sentences";
import { isPartOf } from "./said-texts";
import { parseSource } from "./sources";

test("sentences that stand untagged are found, and neither names nor what the log, the document or the database reads", () => {
  const text = `
    const reason = \`It was compared with \${a}, and lost.\`;
    throw new AppError("gone", "The file is gone.");
    throw new Error("This is a bug here.");
    log.info({ id }, "the run has ended");
    const field = z.string().describe("What it is about");
    const rows = await db.$queryRaw\`select all of these\`;
    say\`This one is tagged.\`;
    const kind = "first error";
    type Kind = "one of the kinds";
  `;
  expect(findPlainSentences(parseSource("lib/a.ts", text)).map((found) => found.text)).toEqual([
    "It was compared with {0}, and lost.",
    "The file is gone.",
  ]);
});

test("a part is known by the sentences that it is put into, a whole sentence by itself alone", () => {
  expect(isPartOf("It lost on {0}, and on {1} more.", ", and on {0} more")).toBe(true);
  expect(isPartOf("It lost on {0}.", ", and on {0} more")).toBe(false);
  expect(isPartOf("It is gone. Try again.", "It is gone.")).toBe(false);
});
