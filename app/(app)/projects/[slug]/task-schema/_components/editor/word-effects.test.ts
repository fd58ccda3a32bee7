import { expect, test } from "vitest";
import type { QuestionEffect, SchemaEffects } from "@/lib/projects/effects/schema";
import { translatorOf } from "@/lib/testing/translator";
import { wordEffects } from "./word-effects";

const t = translatorOf("taskSchema.effects");
const question = (fields: Partial<QuestionEffect>): QuestionEffect => ({
  ...{ id: "q", name: "Quality", change: "changed", refused: null, people: 0, ai: 0, lost: [] },
  ...{ reasons: null, otherScale: 0 },
  ...fields,
});
const effects = (fields: Partial<SchemaEffects>): SchemaEffects => ({
  ...{ isChange: true, questions: [], startsJudges: false },
  ...{ held: { instances: 0, drafts: 0, takenBack: 0 }, labelable: { before: 9, after: 9 } },
  ...fields,
});

test("a change that touches nothing says nothing", () => {
  expect(wordEffects(effects({ questions: [question({ change: "same", people: 9 })] }), t)).toEqual([]);
});

test("labels that lose their question or aspect, and those that keep it, are counted", () => {
  const questions = [
    question({ change: "new" }),
    question({ change: "removed", people: 1200, ai: 1, lost: [{ part: null, people: 1200, ai: 1 }] }),
    question({ people: 5, ai: 2, lost: [{ part: "Style", people: 2, ai: 0 }] }),
    question({ people: 1 }),
    question({ people: 3, otherScale: 3 }),
  ];
  expect(wordEffects(effects({ questions }), t)).toEqual([
    "Quality (q) is asked from now on, of instances with places left.",
    "Quality (q) is not asked any more. 1,200 labels of people and 1 label of AI stay stored and exported, and answer no question.",
    "Quality (q) changes. 2 labels of people about Style stay stored and exported, and answer nothing any more.",
    "Quality (q) changes. It keeps 1 label of people.",
    "Quality (q) changes. 3 comparisons keep the scale that they were given on.",
  ]);
});

test("labels with a reason that is taken away are told by it, with what can be asked for again because of that", () => {
  const lost = [
    { aspect: "Overall", reason: "Facts are right", people: 2, ai: 1 },
    { aspect: "Style", reason: "Shorter", people: 0, ai: 1 },
  ];
  const told = (submissions: number) =>
    wordEffects(effects({ questions: [question({ people: 4, ai: 2, reasons: { lost, submissions } })] }), t);
  const words =
    "Quality (q) changes. It keeps 4 labels of people and 2 labels of AI." +
    " 2 labels of people and 1 label of AI on Overall with the reason Facts are right stay stored and exported with it; it is not offered any more." +
    " 1 label of AI on Style with the reason Shorter stay stored and exported with it; it is not offered any more.";
  expect(told(0)).toEqual([words]);
  expect(told(2)).toEqual([`${words} 2 submissions can then be asked for again.`]);
});

test("what people hold, and how many instances are left, is told", () => {
  const held = { instances: 3, drafts: 2, takenBack: 1 };
  expect(wordEffects(effects({ held, labelable: { before: 9, after: 1 }, startsJudges: true }), t)).toEqual([
    "People can be asked about 1 instance instead of 9.",
    "People hold 3 instances now; answers that are not submitted begin anew in 2 of them.",
    "1 instance that people hold is taken back: nobody could be asked about it.",
    "Judges that are switched on look through what is routed to AI again.",
  ]);
});
