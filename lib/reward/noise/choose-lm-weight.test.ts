import { expect, test } from "vitest";
import { linear } from "@/lib/stats/logistic";
import { seededRandom } from "@/lib/stats/random";
import { pairStrength } from "../pair-strength";
import { votesOf } from "@/lib/labels/votes";
import { rewardDefaults } from "../training/config";
import type { LoadedData, PairOrigin } from "../training-data";
import { normal } from "../training/sampling";
import { chooseLmWeight, weighedBy } from "./choose-lm-weight";

const width = 12;
const config = { ...rewardDefaults, hidden: 8 };

/** Pairs of which people label a third, rightly, and an AI the rest, wrongly in a share of cases. */
function labelledBy({
  lmErrors,
  seed = 1,
  hasAi = true,
}: {
  lmErrors: number;
  seed?: number;
  hasAi?: boolean;
}): LoadedData {
  const random = seededRandom(seed);
  const vector = (): Float32Array => Float32Array.from({ length: width }, () => normal(random) / Math.sqrt(width));
  const direction = vector();
  const features: Float32Array[] = [];
  const origins: PairOrigin[] = [];
  const pairs: LoadedData["pairs"][number][] = [];
  for (let group = 0; group < 500; group++) {
    const [first, second] = [vector(), vector()];
    const isHuman = !hasAi || group % 3 === 0;
    const isWrong = !isHuman && random() < lmErrors;
    const preferred = linear(first, direction) > linear(second, direction) !== isWrong ? 0 : 1;
    const label: PairOrigin["labels"][number] = {
      ...{ id: "i", source: isHuman ? "human" : "lm", annotator: isHuman ? "import:ann" : "import:model" },
      payload: { pair: [0, 1], preferred, bothBad: false, strength: 1, scale: 2 },
    };
    origins.push({ instanceId: "i", question: "q", target: "0-1", labels: [label] });
    const split = group % 5 < 3 ? "train" : "validation";
    const said = pairStrength(votesOf([label]), 0.5)!;
    pairs.push({ first: features.push(first) - 1, second: features.push(second) - 1, group, split, ...said });
  }
  const sides = features.map(() => [0, 0, 0, 0]);
  return { pairs, origins, features, width, sides, sources: [], texts: [], withImages: 0 };
}

test(
  "an AI that is mostly wrong counts less than before, one that is always right keeps its own at least",
  { timeout: 120_000 },
  async () => {
    const bad = (await chooseLmWeight({ data: labelledBy({ lmErrors: 0.65 }), lmWeight: 0.5, config, seed: 1 }))!;
    expect(bad.weight).toBeLessThan(0.5);
    expect(bad.tried.map(({ weight }) => weight)).toEqual([0.1, 0.25, 0.5, 1]);
    const good = (await chooseLmWeight({ data: labelledBy({ lmErrors: 0 }), lmWeight: 0.5, config, seed: 1 }))!;
    expect(good.weight).toBeGreaterThanOrEqual(0.5);
  },
);

test("nothing is chosen where no AI labelled, or people validate too little", async () => {
  expect(
    await chooseLmWeight({ data: labelledBy({ lmErrors: 0, hasAi: false }), lmWeight: 0.5, config, seed: 1 }),
  ).toBeNull();
  const data = labelledBy({ lmErrors: 0 });
  const pairs = data.pairs.map((pair, i) => (i > 100 ? { ...pair, split: "train" as const } : pair));
  expect(await chooseLmWeight({ data: { ...data, pairs }, lmWeight: 0.5, config, seed: 1 })).toBeNull();
});

test("another weight of an AI's votes changes the weight of its pairs and of no others", () => {
  const data = labelledBy({ lmErrors: 0 });
  const weighed = weighedBy(data, 0.1);
  expect(weighed[0]).toEqual(data.pairs[0]);
  expect(weighed[1]).toEqual({ ...data.pairs[1], weight: 0.1 });
});
