import { expect, test } from "vitest";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { planOf, type Plan } from "./plan";
import { lmConfig } from "./schema";
import { countAsks, unitsOf } from "./units";

const asked = { id: "q", name: "Q", definition: "" };
const ranking: Question = { ...asked, id: "order", type: "ranking" };
const rating: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 } },
  aspects: ["clear", "short"].map((id) => ({ id, name: id, definition: "" })),
};
const binary: Question = { ...asked, id: "ok", type: "binary", kind: "correct" };
const spans: Question = { ...asked, id: "marks", type: "spans", categories: [asked], severities: [], onPrompt: false };
const questions = [defaultComparison, ranking, rating, binary, spans];

const instance = { instanceId: "01900000-0000-7000-8000-00000000000a", completions: 3, pair: [0, 2] as const };

function aPlan(fields: object = {}): Plan {
  const config = lmConfig.parse({ baseUrl: "https://example.org/v1", model: "m", rubric: "r", ...fields });
  return planOf({ taskSchema: { questions, reason: "off" }, schemaVersion: 1 }, { kind: "lm", config });
}

/** The units by question, aspect and target, with what is shown for each. */
function shownOf(plan: Plan, about = instance) {
  return unitsOf(about, plan).map(({ question, aspect, target, asks }) => [
    [question.id, aspect.id, target].join(" "),
    asks.map(({ order }) => order.join("-")).join(" "),
  ]);
}

test("pairs are asked about in both orders, rankings in an order and its reverse, the rest completion by completion", () => {
  expect(shownOf(aPlan())).toEqual([
    ["comparison overall 0-2", "0-2 2-0"],
    ["order overall ", "0-1-2 2-1-0"],
    ...["clear", "short"].flatMap((aspect) => ["0", "1", "2"].map((index) => [`stars ${aspect} ${index}`, index])),
    ...["ok", "marks"].flatMap((id) => ["0", "1", "2"].map((index) => [`${id} overall ${index}`, index])),
  ]);
});

test("a judge answers the questions it is given, in the order of the task schema", () => {
  expect(shownOf(aPlan({ questions: ["ok", "order", "gone"] })).map(([unit]) => unit)).toEqual([
    ...["order overall ", "ok overall 0", "ok overall 1", "ok overall 2"],
  ]);
});

test("samples repeat everything, rankings in other orders that are the same whenever they are drawn", () => {
  const plan = aPlan({ questions: ["comparison", "order"], samples: 3, temperature: 1 });
  const units = unitsOf({ ...instance, completions: 6 }, plan);
  expect(units[0]!.asks.map(({ sample }) => sample)).toEqual([0, 0, 1, 1, 2, 2]);
  const orders = units[1]!.asks.map(({ order }) => order);
  expect(unitsOf({ ...instance, completions: 6 }, plan)[1]!.asks.map(({ order }) => order)).toEqual(orders);
  expect(orders[0]).toEqual([0, 1, 2, 3, 4, 5]);
  expect(new Set(orders.map(String)).size).toBe(6);
  for (const [i, order] of orders.entries()) {
    expect(order.toSorted()).toEqual(orders[0]);
    if (i % 2 === 1) expect(order).toEqual(orders[i - 1]!.toReversed());
  }
});

test("a tournament asks about every pair in both orders, also of two completions alone", () => {
  const plan = aPlan({ questions: ["order"], rankingBy: "tournament" });
  const [unit] = unitsOf(instance, plan);
  expect(unit!.target).toBe("");
  expect(unit!.asks.map(({ target, order }) => `${target}: ${order.join("-")}`)).toEqual([
    ...["0-1: 0-1", "0-1: 1-0", "0-2: 0-2", "0-2: 2-0", "1-2: 1-2", "1-2: 2-1"],
  ]);
  expect(unitsOf({ ...instance, completions: 2 }, plan)[0]!.asks.map(({ target }) => target)).toEqual(["0-1", "0-1"]);
  const permuted = unitsOf({ ...instance, completions: 2 }, aPlan({ questions: ["order"] }));
  expect(permuted[0]!.asks.map(({ target }) => target)).toEqual(["", ""]);
});

test.each([{}, { rankingBy: "tournament" }, { samples: 4, temperature: 1 }])(
  "what an instance will be asked is as many questions as counted, with %j",
  (fields) => {
    const plan = aPlan(fields);
    const asks = unitsOf(instance, plan).flatMap((unit) => unit.asks);
    expect(countAsks(plan, instance.completions)).toBe(asks.length);
  },
);
