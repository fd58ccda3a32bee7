import type { Command } from "commander";
import { operatorAccess } from "@/lib/auth/membership";
import { classifierRunResult, type DimensionFigures } from "@/lib/routing/features/classifier/schema";
import { getClassifier, startClassifier } from "@/lib/routing/features/classifier/start";
import { featuresRunResult } from "@/lib/routing/features/schema";
import { getFeatures, startFeatures } from "@/lib/routing/features/start";
import { waitForRun } from "./wait-for-run";

type Options = { project: string; run?: boolean };

/** `routing features` and `routing tag-classifier`. */
export function registerFeatures(routing: Command): void {
  routing
    .command("features")
    .description("show how many instances have the numbers of their texts that routing goes by")
    .requiredOption("--project <slug>", "project")
    .option("--run", "measure those that have none, and wait until it is done")
    .action(features);
  routing
    .command("tag-classifier")
    .description("show how well a classifier tags what no LM has tagged")
    .requiredOption("--project <slug>", "project")
    .option("--run", "learn from the tags that there are, tag the rest, and wait until it is done")
    .action(classifier);
}

async function features({ project, run }: Options, command: Command): Promise<void> {
  const measured = run ? await measure(project) : null;
  const state = await getFeatures(await operatorAccess("routing:read", project));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(state));
  if (measured !== null) console.log(`Measured ${measured} instances.`);
  console.log(`${state.computed} instances are measured by ${state.version}, ${state.pending} are not.`);
}

async function measure(project: string): Promise<number> {
  const { id } = await startFeatures(await operatorAccess("routing:manage", project));
  const { result } = await waitForRun(await operatorAccess("run:read", project), id);
  return featuresRunResult.parse(result).instances;
}

async function classifier({ project, run }: Options, command: Command): Promise<void> {
  const named = run ? await tagRest(project) : null;
  const state = await getClassifier(await operatorAccess("routing:read", project));
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(state));
  if (named !== null) console.log(`Tagged ${named} instances.`);
  console.log(
    [
      `${state.prompts} prompts have tags by others; a classifier needs ${state.fewest}.`,
      `${state.tagged} instances have tags by the classifier alone, ${state.untagged} have none.`,
      ...(state.dimensions ?? []).map(wordDimension),
    ].join("\n"),
  );
}

async function tagRest(project: string): Promise<number> {
  const { id } = await startClassifier(await operatorAccess("routing:manage", project));
  const { result } = await waitForRun(await operatorAccess("run:read", project), id);
  return classifierRunResult.parse(result).tagged;
}

function wordDimension({ dimension, prompts, accuracy, majority, isWritten }: DimensionFigures): string {
  const about = `  ${dimension.replaceAll("_", " ")}, ${prompts} prompts:`;
  if (accuracy === null) return `${about} too few values to tell apart`;
  const [low, high] = accuracy.interval!.map(percent);
  const measured = `${percent(accuracy.value)} % right (${low} to ${high}), ${percent(majority)} % by the commonest value`;
  return `${about} ${measured}${isWritten ? "" : "; not written"}`;
}

const percent = (share: number): string => (100 * share).toFixed(1);
