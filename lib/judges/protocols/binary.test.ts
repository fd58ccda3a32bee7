import { expect, test } from "vitest";
import { aJudgeQuestion, answerTokens } from "@/lib/testing/judge-questions";
import { binary } from "./binary";

const thumb = aJudgeQuestion("binary");
const parse = (text: string) => binary.parse({ text }, thumb);

test.each([
  ['{"reasoning": "clear", "value": "yes"}', { kind: "binary", value: true, probability: null, reasoning: "clear" }],
  ['{"value": "no"}', { kind: "binary", value: false, probability: null, reasoning: null }],
  ["So: [[Yes]]", { kind: "binary", value: true, probability: null, reasoning: null }],
  ['{"value": true}', { kind: "invalid", problem: '"value" is true, which is not "yes" or "no"' }],
  ['{"value": "Yes"}', { kind: "invalid", problem: '"value" is "Yes", which is not "yes" or "no"' }],
  ["{}", { kind: "invalid", problem: '"value" is missing, which is not "yes" or "no"' }],
  ["Yes.", { kind: "invalid", problem: "it contains no JSON object" }],
])("%s", (text, expected) => {
  expect(parse(text)).toEqual(expected);
});

test("the probability of its token is that of a yes", () => {
  const parseTokens = (choices: Record<string, number>) => {
    const tokens = answerTokens('{"value": "', choices, '"}');
    return binary.parse({ text: tokens.map(({ text }) => text).join(""), tokens }, thumb);
  };
  expect(parseTokens({ no: 0.76, yes: 0.19, maybe: 0.05 })).toMatchObject({
    value: false,
    probability: expect.closeTo(0.2) as number,
  });
  expect(parseTokens({ no: 0.5, perhaps: 0.5 })).toMatchObject({ value: false, probability: null });
});

test("what is written is read back", () => {
  for (const value of [true, false]) {
    const said = { kind: "binary" as const, value, probability: null, reasoning: "why" };
    expect(parse(JSON.stringify(binary.write(said, thumb)))).toEqual(said);
  }
});

test("correctness is asked in words of its own", () => {
  const brief = { rubric: "", demonstrations: [], key: "k" };
  const [system, user] = binary.ask(aJudgeQuestion("binary", { kind: "correct" }), brief);
  expect(system!.content).toContain("You check whether one completion of a conversation is correct.");
  expect(system!.content).toContain("A completion that is empty, repeats the question");
  expect(user!.content).toContain("Now say whether the completion is correct");
  expect(binary.ask(thumb, brief)[1]!.content).toContain('Now decide "yes" or "no" for the completion');
});
