import { expect, test } from "vitest";
import { meanCurve, simulate, type Proxy, type Simulated } from "./simulate";

const seeds = [1, 2, 3];

async function meanCurves(strange: number): Promise<(proxy: Proxy, n: number) => number> {
  const found: Simulated[] = [];
  for (const seed of seeds) found.push(await simulate({ seed, strange }));
  const { sizes } = found[0]!;
  return (proxy, n) =>
    meanCurve(found.map(({ curves }) => curves.find((curve) => curve.proxy === proxy)!.gold))[sizes.indexOf(n)]!;
}

test("optimising against one model or the mean ends below where it began, and conservative scores resist longer", async () => {
  const gold = await meanCurves(0.02);
  for (const proxy of ["single", "mean"] as const) {
    expect(gold(proxy, 4)).toBeGreaterThan(0.3);
    expect(gold(proxy, 1024)).toBeLessThan(0);
  }
  for (const proxy of ["min", "uwo", "meanMinusSd"] as const) {
    expect(gold(proxy, 64)).toBeGreaterThan(gold("mean", 64));
    expect(gold(proxy, 64)).toBeGreaterThan(gold("single", 64));
  }
  expect(gold("uwo", 128)).toBeGreaterThan(gold("mean", 128) + 0.5);
});

test("where the policy writes only what was labelled nothing is over-optimised, and the mean beats a single model", async () => {
  const gold = await meanCurves(0);
  for (const proxy of ["single", "mean", "min", "uwo"] as const)
    expect(gold(proxy, 1024)).toBeGreaterThan(gold(proxy, 64));
  expect(gold("mean", 1024)).toBeGreaterThan(gold("single", 1024));
});
