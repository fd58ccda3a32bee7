import { expect, test } from "vitest";
import { meanByGroup } from "./bootstrap";
import { figuresOfTotals, mergeAddends, type Addends } from "./drawn-totals";
import { seededRandom } from "./random";

const share = (totals: Float64Array) => (totals[1]! > 0 ? totals[0]! / totals[1]! : null);

test("a share of totals has the mean and, with the same draws, the interval of the bootstrap by group", () => {
  const values = [1, 0, 1, 1, 0, 1, 1, 1, 0, 1];
  const prompts = [0, 0, 1, 2, 2, 3, 4, 5, 5, 6];
  const groups = [...new Set(prompts)].map((prompt) =>
    mergeAddends(
      values.flatMap((value, i): Addends[] =>
        prompts[i] === prompt
          ? [
              [
                [0, value],
                [1, 1],
              ],
            ]
          : [],
      ),
    ),
  );
  const { share: drawn } = figuresOfTotals({ groups, width: 2, figures: { share }, random: seededRandom(1) });
  const known = meanByGroup(values, prompts, { random: seededRandom(1) })!;
  expect(drawn).toEqual({ value: known.mean, interval: known.interval });
});

test("figures may be undefined, one group has no interval, and nothing has no figure", () => {
  const nothing = figuresOfTotals({ groups: [], width: 2, figures: { share }, random: seededRandom(1) });
  expect(nothing).toEqual({ share: null });
  const one = figuresOfTotals({
    groups: [
      [
        [0, 1],
        [1, 2],
      ],
    ],
    width: 2,
    figures: { share },
    random: seededRandom(1),
  });
  expect(one).toEqual({ share: { value: 0.5, interval: null } });
  // A group that adds no units is drawn alone in some rounds, which are left out.
  const groups = [
    [
      [0, 1],
      [1, 1],
    ],
    [],
  ] as const;
  const { share: some } = figuresOfTotals({ groups, width: 2, figures: { share }, random: seededRandom(1) });
  expect(some).toEqual({ value: 1, interval: [1, 1] });
});

test("of many groups the delta method gives the interval that draws give, also of a figure with a bend", () => {
  const random = seededRandom(2);
  const groups = Array.from({ length: 3000 }, (): Addends => [
    [0, Number(random() < 0.7)],
    [1, 1 + Math.floor(2 * random())],
  ]);
  const figures = { share, bent: (totals: Float64Array) => Math.sqrt(totals[0]! / totals[1]!) };
  const drawn = figuresOfTotals({ groups, width: 2, figures, random: seededRandom(1) });
  const delta = figuresOfTotals({ groups, width: 2, figures, random: seededRandom(1), mostDrawn: 10 });
  for (const name of ["share", "bent"] as const) {
    expect(delta[name]!.value).toBe(drawn[name]!.value);
    for (const end of [0, 1]) expect(delta[name]!.interval![end]).toBeCloseTo(drawn[name]!.interval![end]!, 2);
  }
});
