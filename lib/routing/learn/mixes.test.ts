import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { foldCount, promptFolds } from "./folds";
import { drawMix, placesByColumn, sharesOf } from "./mixes";

const has = [[0], [0, 1], [1], [], [1], [0]].map((own) => Int32Array.from(own));
const byColumn = placesByColumn(has, 3);

test("shares are of all, then of the pairs with each column, 0 where none has it", () => {
  expect(byColumn.map((places) => Array.from(places))).toEqual([[0, 1, 5], [1, 2, 4], []]);
  expect(Array.from(sharesOf(Uint8Array.of(1, 1, 0, 0, 0, 0), byColumn))).toEqual([2 / 6, 2 / 3, 1 / 3, 0]);
});

test("a mix has its size and fills one column after the other, pairs without any last", () => {
  const random = seededRandom(4);
  for (let size = 0; size <= 6; size++) {
    for (let i = 0; i < 20; i++) {
      const mix = drawMix({ byColumn, pairs: 6, size, random });
      expect(mix.reduce((sum, each) => sum + each, 0)).toBe(size);
      const shares = sharesOf(mix, byColumn);
      if (size >= 3) expect(Math.max(shares[1]!, shares[2]!)).toBe(1);
      if (size < 6) expect(mix[3]).toBe(0);
    }
  }
});

test("pairs of one prompt are in one fold, and folds are alike in size", () => {
  const groups = Int32Array.from({ length: 200 }, (_, i) => Math.floor(i / 4));
  const folds = promptFolds(groups, seededRandom(1));
  groups.forEach((group, i) => expect(folds[i]).toBe(folds[4 * group]));
  const sizes = Array.from({ length: foldCount }, (_, fold) => folds.filter((each) => each === fold).length);
  expect(sizes).toEqual([40, 40, 40, 40, 40]);
});
