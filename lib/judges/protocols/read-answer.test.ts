import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { anything, oneOf, orLeftOut, readAnswer, readBrackets, wholeNumber } from "./read-answer";

const fields = z.object({ value: oneOf(["yes", "no"]) });
const read = (text: string) => readAnswer(text, fields);

describe("the JSON object of an answer", () => {
  test.each([
    '{"value": "yes"}',
    'It is so.\n```json\n{"value": "yes"}\n```\n',
    '<think>\nPerhaps {"value": "no"}.\n</think>\n{"value": "yes"}',
    'No opening tag: {"value": "no"}</think>{"value": "yes"}',
    '<answer>{"value": "yes"}</answer>',
    'The completion opens with <think> and closes with </think>. {"value": "yes"}',
    '{"value": "no"} was my draft. {"value": "yes"}',
    '{"value": "yes", "note": "it says </think> and {"}',
    'A set {x}, a fraction \\frac{1}{2}. {"value": "yes"}',
  ])("%s", (text) => {
    expect(read(text)).toEqual({ value: "yes" });
  });

  test.each([
    ["yes", "it contains no JSON object"],
    ["", "it contains no JSON object"],
    ['["yes"]', "it contains no JSON object"],
    ['{"value": "yes",}', "its JSON object is not well formed"],
    ['{"value": "yes"', "its JSON object is not well formed"],
    ["{'value': 'yes'}", "it contains no JSON object"],
    ['{"value": "no"} or rather {"value": "yes",}', "its JSON object is not well formed"],
    ['{"list": [{"value": "yes"}],}', "its JSON object is not well formed"],
    ['<think>\nI would say {"value": "yes"}', "its JSON object is part of its thinking, which no answer follows"],
    ['<think>{"value": "yes"}</think>', "its JSON object is part of its thinking, which no answer follows"],
    ['{"value": "yes"}</think> Yes.', "its JSON object is part of its thinking, which no answer follows"],
    ['{"value": "maybe"}', '"value" is "maybe", which is not "yes" or "no"'],
    ['{"value": true}', '"value" is true, which is not "yes" or "no"'],
    ['{"verdict": {"value": "yes"}}', '"value" is missing, which is not "yes" or "no"'],
    ['{"value": "yes", "note": "\\u0000"}', '"note" contains a NUL character (\\u0000); remove it'],
  ])("%s is invalid: %s", (text, problem) => {
    expect(read(text)).toEqual({ kind: "invalid", problem });
  });

  test("a problem names the place, counted from 1", () => {
    const list = z.object({ steps: z.array(z.object({ step: wholeNumber(1, 3) })) });
    expect(readAnswer('{"steps": [{"step": 1}, {"step": "2"}]}', list)).toEqual({
      kind: "invalid",
      problem: '"steps 2 step" is "2", which is not a whole number from 1 to 3',
    });
  });

  test("fields may be anything, or be left out, as their schemas say", () => {
    const loose = z.object({ any: anything, note: orLeftOut(z.string()) });
    expect(readAnswer("{}", loose)).toEqual({});
    expect(readAnswer('{"any": [1], "note": null}', loose)).toEqual({ any: [1], note: undefined });
    expect(readAnswer('{"note": 1}', loose)).toMatchObject({ kind: "invalid" });
  });

  test("no text at all makes it throw, and no thinking is read", () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom("<think>", "</think>", "\n", '{"value": "no"}', "{", "[["));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        read(pieces.join(""));
        readBrackets(pieces.join(""));
        expect(read(`<think>${pieces.join("")}</think>\n{"value": "yes"}`)).toEqual({ value: "yes" });
      }),
    );
  });
});

describe("the last resort", () => {
  test.each([
    ["A is better: [[A]]", "A"],
    ["[[B]].", "B"],
    ["**[[7]]**", "7"],
    ["<answer>[[yes]]</answer>", "yes"],
    ["<think>\n[[A]]? No.\n</think>\n[[B]]", "B"],
    ["[[A]], as I said: [[A]]", "A"],
    ["[[A]] or [[B]]", undefined],
    ["[[A]] is what the completion wants to hear.", undefined],
    ["<think>\n[[A]]", undefined],
    ['[[A]] {"preferred": "B"}', undefined],
    ['{"preferred": "B",} [[A]]', undefined],
    ["[A]", undefined],
    ["A", undefined],
  ])("%s says %s", (text, said) => {
    expect(readBrackets(text)).toBe(said);
  });
});
