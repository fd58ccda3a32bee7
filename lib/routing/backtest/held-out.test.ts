import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { consensusOf, holdOut } from "./held-out";

const of = (...labels: number[]): Float64Array => Float64Array.from(labels);
const many = (unit: Float64Array): Float64Array[] => Array.from({ length: 30 }, () => unit);

test("each person in turn is compared with the majority of the others, and so is any other label", () => {
  const { weight, people, agreement } = holdOut([of(1, 1, 0), ...many(of(1, 1))]);
  // Without the first 1 the others are undecided, as without the second; without the 0 they say 1.
  expect([weight[0], people[0]]).toEqual([1 / 3, 0]);
  expect([agreement(0, 1), agreement(0, 0)]).toEqual([1 / 3, 0]);
  expect([weight[1], people[1]]).toEqual([1, 1]);
});

test("three people of whom each is right in 80 % of cases are told apart from a judge of 70 %", () => {
  const random = seededRandom(1);
  const right = (chance: number): number => Number(random() < chance);
  const units = Array.from({ length: 20_000 }, () => of(right(0.8), right(0.8), right(0.8)));
  const { weight, people, agreement } = holdOut(units);
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
  // Two who agree are right in 64 of 68 cases; who is right agrees with them then, who is wrong in the other 4.
  const expected = (chance: number): number => (chance * 64 + (1 - chance) * 4) / 68;
  expect(sum(people) / sum(weight)).toBeCloseTo(expected(0.8), 1.6);
  const judged = units.map((_, unit) => agreement(unit, right(0.7)));
  expect(sum(judged) / sum(weight)).toBeCloseTo(expected(0.7), 1.6);
});

test("two people who differ are both wrong by the other", () => {
  const { weight, people, agreement } = holdOut(many(of(1, 0)));
  expect([weight[0], people[0]]).toEqual([1, 0]);
  expect([agreement(0, 1), agreement(0, 0), agreement(0, 0.5)]).toEqual([0.5, 0.5, 0]);
});

test("what a single person labelled tells nothing, unless hardly anything else is there", () => {
  expect(holdOut([of(1), ...many(of(1, 1))]).weight[0]).toBe(0);
  const alone = holdOut([of(1), of(0, 0)]);
  expect([...alone.people]).toEqual([1, 1]);
  expect([alone.agreement(0, 0), alone.agreement(0, 1)]).toEqual([0, 1]);
});

test("people who are undecided come to nothing", () => {
  expect([consensusOf(of(1, 0)), consensusOf(of(1, 0.5, 0.5)), consensusOf(of())]).toEqual([null, 0.5, null]);
});
