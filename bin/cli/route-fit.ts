import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { getBacktest, getFit } from "@/lib/routing/fits/queries";
import {
  backtestQuery,
  fitInput,
  type BacktestCurve,
  type BacktestPoint,
  type BacktestView,
  type FitReport,
} from "@/lib/routing/fits/schema";
import { startFit } from "@/lib/routing/fits/start-fit";
import { waitForRun } from "./wait-for-run";

type FitOptions = { project: string; mixes?: string; hidden?: string; seed?: string };

/** `routing fit` and `routing backtest`. */
export function registerFits(routing: Command): void {
  routing
    .command("fit")
    .description("learn whom to ask from what people and AI have both labelled, test every policy on it, and wait")
    .requiredOption("--project <slug>", "project")
    .option("--mixes <number>", "mixes of human and AI labels that a reward model is trained on each (500)")
    .option("--hidden <width>", "of these models' hidden layer; 0 for linear ones (0)")
    .option("--seed <number>", "of all draws (1)")
    .action(fit);
  routing
    .command("backtest")
    .description("show what each policy would have come to at each share of human labels")
    .requiredOption("--project <slug>", "project")
    .option("--version <number>", "of the fit (the newest)")
    .action(backtest);
}

async function fit({ project, ...options }: FitOptions, command: Command): Promise<void> {
  const given = Object.entries(options).map(([name, value]) => [name, Number(value)]);
  const input = parseInput(fitInput, Object.fromEntries(given));
  const { id } = await startFit(await operatorAccess("routing:manage", project), input);
  const run = await waitForRun(await operatorAccess("run:read", project), id);
  const view = await getFit(await operatorAccess("routing:read", project), Number(run.result?.["version"]));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(view));
  console.log([`Made fit ${view.version}.`, ...wordReport(view.report)].join("\n"));
}

async function backtest({ project, version }: { project: string; version?: string }, command: Command): Promise<void> {
  const query = parseInput(backtestQuery, { version });
  const view = await getBacktest(await operatorAccess("routing:read", project), query);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(view));
  console.log(wordBacktest(view).join("\n"));
}

function wordReport({ data, learned, reason }: FitReport): string[] {
  const { pairs, prompts, judgeAccuracy, humanAccuracy } = data;
  const people = humanAccuracy ? `, one more person in ${percent(humanAccuracy.value)}` : "";
  return [
    `On ${pairs} labels of ${prompts} prompts AI says what people do in ${percent(judgeAccuracy.value)}${people}.`,
    learned?.verdict.sentence ?? reason ?? "",
  ];
}

function wordBacktest({ version, data, seeds, curves }: BacktestView): string[] {
  return [
    `Fit ${version}: ${data.pairs} labels of ${data.prompts} prompts, ${seeds} splits. Labels that people confirm, and preferences that a reward model gets right, by the share that people label:`,
    ...curves.flatMap(wordCurve),
  ];
}

function wordCurve({ policy, points }: BacktestCurve): string[] {
  return [`  ${policy}`, ...points.map((point) => `    ${wordPoint(point)}`)];
}

function wordPoint({ humanShare, labelAccuracy, rewardAccuracy, costMicros }: BacktestPoint): string {
  const figures = [labelAccuracy, rewardAccuracy].map((figure) => {
    if (figure === null) return "-";
    const { value, interval } = figure;
    return interval ? `${percent(value)} (${percent(interval[0])} to ${percent(interval[1])})` : percent(value);
  });
  const cost = costMicros === null ? "" : `, ${(costMicros / 1e6).toPrecision(3)} an instance`;
  return `${percent(humanShare)}: labels ${figures[0]}, rewards ${figures[1]}${cost}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
