import { expect, test } from "vitest";
import { weigh } from "./weigh";

const propensities = { dual: 0.1, human: 0.9 * 0.25, lm: 0.9 * 0.75 };

test("where everything is settled and labelled the weight is one over the propensity of the draw", () => {
  const counts = { dual: 100, human: 225, lm: 675 };
  const { people, ai } = weigh(propensities, { decided: counts, settled: counts, labelled: 100 });
  expect(people + ai).toBeCloseTo(10, 12);
  expect(people).toBeCloseTo(1 + 2.25, 12);
});

test("the weights of a version sum to what it settled, whatever waits for later versions", () => {
  const decided = { dual: 100, human: 225, lm: 675 };
  const settled = { dual: 80, human: 30, lm: 600 };
  const { people, ai } = weigh(propensities, { decided, settled, labelled: 50 });
  expect(50 * people).toBeCloseTo(80 + 30, 10);
  expect(50 * ai).toBeCloseTo(600, 10);
});

test("an instance that would surely go one way stands for none that went the other", () => {
  const counts = { dual: 10, human: 30, lm: 60 };
  const surelyAi = { dual: 0.1, human: 0, lm: 0.9 };
  expect(weigh(surelyAi, { decided: counts, settled: counts, labelled: 10 })).toEqual({ people: 1, ai: 9 });
  const none = { dual: 10, human: 0, lm: 90 };
  expect(weigh(propensities, { decided: none, settled: none, labelled: 10 }).people).toBe(1);
});
