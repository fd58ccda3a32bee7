/**
 * How far a policy can go by best of n before the gold reward falls, by reward models whose gold reward is known and whose
 * labels are flipped in a quarter of the cases (Coste et al., "Reward model ensembles help mitigate overoptimization"): a
 * single model, the mean of an ensemble, and its conservative scores. In two worlds: a policy that writes what was
 * labelled, and one of which some completions are unlike all of it.
 *
 *     npm run bench -- overoptimisation [--seeds 20] [--json] [--plot docs/overoptimisation.svg]
 *
 * Gold rewards are in standard deviations of what the policy writes, 0 its mean; curves are means over worlds drawn anew.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { drawPlot, type Line } from "./overoptimisation/plot";
import {
  flippedShare,
  lambda,
  meanCurve,
  proxies,
  simulate,
  strangeShare,
  type Proxy,
  type Simulated,
} from "./overoptimisation/simulate";

const words: Record<Proxy, Omit<Line, "values">> = {
  single: { name: "a single model", color: "#71717a", dash: "2 3" },
  mean: { name: "mean", color: "#6366f1", dash: "" },
  meanMinusSd: { name: "mean − λ sd", color: "#db2777", dash: "8 3 2 3" },
  uwo: { name: "mean − λ sd²", color: "#d97706", dash: "9 4" },
  min: { name: "lowest member", color: "#0d9488", dash: "4 3" },
};

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    json: { type: "boolean", default: false },
    plot: { type: "string", default: path.join(import.meta.dirname, "../docs/overoptimisation.svg") },
  },
});
const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => i + 1);
const started = performance.now();
const familiar = await runs(0);
const strange = await runs(strangeShare);
const { sizes, divergences } = familiar[0]!;
writeFileSync(flags.plot, plot());
const report = {
  ...{ seeds: seeds.length, flipped: flippedShare, lambda, n: sizes, kl: divergences.map(round) },
  familiar: worldOf(familiar),
  strange: { share: strangeShare, ...worldOf(strange) },
  wall_s: round((performance.now() - started) / 1000),
};
console.log(JSON.stringify(report, null, flags.json ? undefined : 2));

async function runs(share: number): Promise<Simulated[]> {
  const all: Simulated[] = [];
  for (const seed of seeds) all.push(await simulate({ seed, strange: share }));
  return all;
}

function curveOf({ curves }: Simulated, proxy: Proxy): number[] {
  return curves.find((curve) => curve.proxy === proxy)!.gold;
}

function worldOf(all: readonly Simulated[]): object {
  const curves = proxies.map((proxy) => {
    const gold = meanCurve(all.map((each) => curveOf(each, proxy)));
    const best = gold.indexOf(Math.max(...gold));
    const differences = sizes.map((_, i) => all.map((each) => curveOf(each, proxy)[i]! - curveOf(each, "mean")[i]!));
    return [
      proxy,
      {
        ...{ gold: gold.map(round), best_n: sizes[best], gold_at_best_n: round(gold[best]!) },
        gold_at_64: round(gold[sizes.indexOf(64)]!),
        over_mean_at_64: withInterval(differences[sizes.indexOf(64)]!),
        over_mean_at_512: withInterval(differences[sizes.indexOf(512)]!),
      },
    ];
  });
  const correlation = all.reduce((sum, { memberCorrelation }) => sum + memberCorrelation, 0) / all.length;
  return { member_correlation: round(correlation), ...Object.fromEntries(curves) };
}

/** [mean, low, high], 95 % by the normal distribution over the worlds. */
function withInterval(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const half = 1.96 * Math.sqrt(variance / values.length);
  return [mean, mean - half, mean + half].map(round);
}

function plot(): string {
  const lines = (all: readonly Simulated[]): Line[] =>
    (Object.keys(words) as Proxy[]).map((proxy) => ({
      ...words[proxy],
      values: meanCurve(all.map((each) => curveOf(each, proxy))),
    }));
  return drawPlot({
    title: "Gold reward of the best of n by different proxies, against the divergence from the policy",
    xLabel: "n, placed by its divergence from the policy, log n − (n − 1) / n nats",
    yLabel: "Gold reward of the best of n, in standard deviations",
    x: divergences,
    xTicks: sizes.flatMap((n, i) =>
      n === 1 || Math.log2(n) % 2 === 0 ? [{ at: divergences[i]!, word: String(n) }] : [],
    ),
    yTicks: [-3, -2, -1, 0, 1, 2],
    panels: [
      { title: "The policy writes what was labelled", lines: lines(familiar) },
      { title: `${100 * strangeShare} % are unlike all that was labelled`, lines: lines(strange) },
    ],
  });
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
