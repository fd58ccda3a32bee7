/**
 * Measures the hybrid router: whom to ask, people or an LM, learned from pairs that both have labelled. It needs no
 * database; what is measured is the product's own code. The last line is one JSON object.
 *
 *     python -m venv venv && venv/bin/pip install scikit-learn
 *     npm run bench -- routing [--data FILE ...] [--judge NAME] [--encoder FOLDER] [--seeds 20] [--mixes 500]
 *                              [--backtest-mixes 200] [--seed 1] [--simulate [--repetitions 1000]] [--speed]
 *                              [--python venv/bin/python] [--json]
 *
 * FILE has the import format, plain or gzipped. On it every policy is tested at shares of human labels of 10, 25, 50 and
 * 75 %: how often its labels are what held-out people say, and how often a reward model that learns from them prefers what
 * people prefer. Splits and settings are printed before a file is measured, every budget afterwards, with the differences
 * from a random choice of the same size. Files without texts have policies by labels alone.
 *
 * `--simulate` works on made data with known truth: whether the fit finds where the judge errs, what of the best
 * possible gain the learned choice reaches, and whether the guarantees hold that selective risk and the estimates from
 * propensities give. `--speed` fits 500 mixes of 10,000 pairs with 384 numbers each, and the same as single fits of
 * scikit-learn.
 */
import { parseArgs } from "node:util";
import { openEncoder } from "./routing/encode";
import { measureFile } from "./routing/measure-file";
import { simulate } from "./routing/simulate";
import { measureSpeed } from "./routing/speed";

const { values: flags } = parseArgs({
  options: {
    data: { type: "string", multiple: true, default: [] },
    judge: { type: "string" },
    encoder: { type: "string" },
    seeds: { type: "string", default: "20" },
    mixes: { type: "string", default: "500" },
    "backtest-mixes": { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    repetitions: { type: "string", default: "1000" },
    simulate: { type: "boolean", default: false },
    speed: { type: "boolean", default: false },
    python: { type: "string", default: "python3" },
    json: { type: "boolean", default: false },
  },
});
if (flags.data.length === 0 && !flags.simulate && !flags.speed)
  throw new Error("Say what to measure: --data FILE, --simulate or --speed.");

const started = performance.now();
const [seeds, mixes, seed] = [Number(flags.seeds), Number(flags.mixes), Number(flags.seed)];
const encoder = await openEncoder(flags.encoder);
const results: object[] = [];
for (const file of flags.data) {
  const backtestMixes = Number(flags["backtest-mixes"]);
  results.push(await measureFile(file, { encoder, judge: flags.judge, seeds, mixes, backtestMixes, seed }));
}
const report = {
  ...(results.length > 0 && { results }),
  ...(flags.simulate && { simulation: await simulate({ seeds, mixes, seed, repetitions: Number(flags.repetitions) }) }),
  ...(flags.speed && { speed: await measureSpeed(flags.python) }),
  wall_s: Math.round((performance.now() - started) / 1000),
};
const round = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Number(value.toPrecision(5)) : value;
console.log(JSON.stringify(report, round, flags.json ? undefined : 2));
