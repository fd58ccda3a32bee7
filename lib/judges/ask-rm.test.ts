import { expect, test } from "vitest";
import { readMargin } from "./ask-rm";

/** The margin at which the better one is preferred with this probability. */
const marginOf = (probability: number) => Math.log(probability / (1 - probability));
const scale = { tieBelow: 0.55, maxStrength: 2, allowsTie: true };

test.each([
  [0, { kind: "tie" }],
  [marginOf(0.549), { kind: "tie" }],
  [-marginOf(0.549), { kind: "tie" }],
  // Two strengths share 0.55 to 1: the second begins at 0.775.
  [marginOf(0.551), { kind: "preferred", choice: "A", strength: 1 }],
  [-marginOf(0.774), { kind: "preferred", choice: "B", strength: 1 }],
  [marginOf(0.776), { kind: "preferred", choice: "A", strength: 2 }],
  [1e9, { kind: "preferred", choice: "A", strength: 2 }],
  [-1e9, { kind: "preferred", choice: "B", strength: 2 }],
])("a margin of %d", (margin, answer) => {
  expect(readMargin(margin, scale)).toMatchObject(answer);
});

test("where the scale has no tie, the better one is preferred by however little", () => {
  const noTie = { tieBelow: 0.99, maxStrength: 1, allowsTie: false };
  expect(readMargin(-1e-9, noTie)).toMatchObject({ kind: "preferred", choice: "B", strength: 1 });
  expect(readMargin(0.1, noTie)).toMatchObject({ kind: "preferred", choice: "A", strength: 1 });
});

test("a tie from 50 % on is only the margin of zero", () => {
  const narrow = { tieBelow: 0.5, maxStrength: 4, allowsTie: true };
  expect(readMargin(0, narrow).kind).toBe("tie");
  expect(readMargin(1e-9, narrow)).toMatchObject({ choice: "A", strength: 1 });
});
