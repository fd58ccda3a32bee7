import { expect, test } from "vitest";
import { z } from "zod";
import { inLocale } from "@/lib/say";
import { oneOf, readAnswer, wholeNumber } from "./protocols/read-answer";
import type { VerdictOutcome } from "./schema";
import { tellOutcome } from "./tell-outcome";

const fields = z.object({ preferred: oneOf(["A", "B", "tie"]), strength: wholeNumber(1, 3) });

function told(outcome: VerdictOutcome): unknown {
  const said = inLocale("zh-Hans", () => tellOutcome(outcome));
  return said.kind === "invalid" ? said.problem : said;
}

test("what was wrong with an answer is said in the language of the reader, with the fields of the answer as they are", () => {
  const of = (answer: string) => told(readAnswer(answer, fields) as VerdictOutcome);
  expect(of("A is better.")).toBe("其中没有 JSON 对象");
  expect(of('{"preferred": "C", "strength": 1}')).toBe('"preferred" 为 "C"，不是 "A", "B" 或 "tie"');
  expect(of('{"preferred": "A", "strength": 9}')).toBe('"strength" 为 9，不是 1 至 3 的整数');
  expect(of('{"preferred": "A"}')).toBe('"strength" 缺失，应为 1 至 3 的整数');
  expect(told({ kind: "invalid", problem: "it was cut off at 500 tokens" })).toBe("回答在 500 个 token 处被截断");
  expect(told({ kind: "invalid", problem: '"order" holds "B" 2 times' })).toBe('"order" 中 "B" 出现了 2 次');
});

test("an answer that could be read is left alone", () => {
  const tie: VerdictOutcome = { kind: "tie", reasoning: "it contains no JSON object" };
  expect(told(tie)).toEqual(tie);
});
