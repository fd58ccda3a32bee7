import { expect, test } from "vitest";
import { agreementOf } from "./agreement";

test("each person is held against the others, and AI against the same, by hand", () => {
  // Left out in turn: the others of 1 are {1, 0}, split; of the second 1 likewise; of 0 they are {1, 1}.
  expect(agreementOf([{ people: [1, 1, 0], ai: 1 }])).toEqual({ people: (0.5 + 0.5 + 0) / 3, ai: (0.5 + 0.5 + 1) / 3 });
  expect(agreementOf([{ people: [1, 1, 1], ai: 0 }])).toEqual({ people: 1, ai: 0 });
  expect(agreementOf([{ people: [1, 0], ai: 0.5 }])).toEqual({ people: 0, ai: 0 });
});

test("a single person tells how good AI is, but not how good people are", () => {
  expect(agreementOf([{ people: [1], ai: 1 }])).toEqual({ people: null, ai: 1 });
  expect(agreementOf([{ people: [0.5], ai: 1 }])).toEqual({ people: null, ai: 0 });
});

test("what is asked about an instance counts alike, where two people have labelled some of it that alone", () => {
  const agreed = { people: [1, 1], ai: 1 };
  const differing = { people: [0, 0], ai: 1 };
  expect(agreementOf([agreed, differing])).toEqual({ people: 1, ai: 0.5 });
  expect(agreementOf([agreed, { people: [0], ai: 1 }])).toEqual({ people: 1, ai: 1 });
  expect(agreementOf([])).toBeNull();
});
