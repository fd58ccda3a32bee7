import { readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { Command } from "commander";
import { z } from "zod";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { readPreference } from "@/lib/datasets/preference";
import { AppError } from "@/lib/errors";
import { promoteRewardModel } from "@/lib/reward/promote";
import { getRewardModel, readArtifact } from "@/lib/reward/queries";
import { promoteInput, trainInput, trainResult, type EstimateView, type RewardModelView } from "@/lib/reward/schema";
import { scoreInput } from "@/lib/reward/serving/schema";
import { scoreTexts } from "@/lib/reward/score";
import { endThread } from "@/lib/reward/scorer-thread-client";
import { startTraining } from "@/lib/reward/start-training";
import { allModels, findVersion } from "./find-version";
import { registerEncoder } from "./reward-encoder";
import { registerVersions } from "./reward-versions";
import { registerLearning } from "./reward-learning";
import { waitForRun } from "./wait-for-run";

/** Lines that are scored in one go. */
const linesAtOnce = 100;

type ProjectOption = { project: string };

/** `train`, `score` and `reward-model list | promote | artifact`, and what others register below it. */
export function register(program: Command): void {
  program
    .command("train")
    .description("train a reward model on the current labels, or on a snapshot, and wait for it")
    .requiredOption("--project <slug>", "project")
    .option("--snapshot <id>", "a snapshot that is done")
    .option("--seed <number>", "seed (1)")
    .action(train);
  program
    .command("score <file>")
    .description(
      "score a JSONL file: prompt (or messages) and completions on each line, or prompt, chosen and rejected",
    )
    .requiredOption("--project <slug>", "whose reward model")
    .option("--version <version>", "which version; the active one without it")
    .option("--out <file>", "JSONL file to write; standard output without it")
    .action(score);
  const model = program.command("reward-model").description("versions of a reward model");
  model
    .command("list")
    .description("list the versions with their accuracy beside what they have to beat")
    .requiredOption("--project <slug>", "project")
    .action(list);
  model
    .command("promote <version>")
    .description("let a version serve; an older one rolls back")
    .requiredOption("--project <slug>", "project")
    .option("--reason <text>", "why, for a version that the gate held back")
    .action(promote);
  model
    .command("artifact <version>")
    .description("write the ONNX file of a version, or of the active one (active)")
    .requiredOption("--project <slug>", "project")
    .requiredOption("--out <file>", "file to write")
    .action(artifact);
  registerEncoder(model);
  registerVersions(model);
  registerLearning(model);
}

async function train(
  { project, snapshot, seed }: ProjectOption & { snapshot?: string; seed?: string },
  command: Command,
): Promise<void> {
  const input = parseInput(trainInput, { snapshotId: snapshot, seed: seed === undefined ? undefined : Number(seed) });
  const { id } = await startTraining(await operatorAccess("reward:train", project), input);
  const ended = await waitForRun(await operatorAccess("run:read", project), id);
  const { modelId } = trainResult.parse(ended.result);
  const made = await getRewardModel(await operatorAccess("reward:read", project), modelId!);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(made));
  console.log(describe(made));
  for (const { rule, isPassed, reason } of made.gate.rules)
    console.log(`  ${isPassed ? "passed" : "FAILED"}  ${rule}: ${reason}`);
}

const scoredLine = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  prompt: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional(),
  completions: z.array(z.union([z.string(), z.looseObject({ text: z.string() })])),
});

type ScoredLine = z.infer<typeof scoredLine>;

const pairLine = z.looseObject({ id: scoredLine.shape.id, chosen: z.unknown(), rejected: z.unknown() });
type PairLine = z.infer<typeof pairLine>;

async function score(
  file: string,
  { project, version, out }: ProjectOption & { version?: string; out?: string },
): Promise<void> {
  const access = await operatorAccess("reward:read", project);
  const id = version === undefined ? "active" : (await findVersion(project, version)).id;
  const lines = await readLines(file);
  const written: string[] = [];
  try {
    for (let start = 0; start < lines.length; start += linesAtOnce) {
      const part = lines.slice(start, start + linesAtOnce);
      const items = part.map(({ prompt, messages, completions }) => ({
        ...(messages
          ? { messages: messages.map(({ role, content }) => ({ role, content })) }
          : { prompt: prompt ?? "" }),
        completions: completions.map((completion) => (typeof completion === "string" ? completion : completion.text)),
      }));
      const scored = await scoreTexts(access, id, parseInput(scoreInput, { items, members: true }));
      scored.items.forEach((item, i) => {
        const { id: outsideId } = part[i]!;
        const named = outsideId === undefined ? {} : { id: outsideId };
        written.push(JSON.stringify({ ...named, version: scored.version, ...item }));
      });
    }
  } finally {
    await endThread();
  }
  const text = written.map((line) => `${line}\n`).join("");
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}

/** What the exports for trainers hold: the chosen completion becomes the first. */
function readPair(value: PairLine): ScoredLine {
  const { prompt, messages, chosen, rejected } = readPreference(value, value);
  return {
    ...(value.id !== undefined && { id: value.id }),
    ...(messages ? { messages: messages as ScoredLine["messages"] } : { prompt: prompt ?? "" }),
    completions: [chosen.text!, rejected.text!],
  };
}

async function readLines(file: string): Promise<ScoredLine[]> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw new AppError("bad_request", `The file ${file} cannot be read: ${cause.message}.`, { cause });
  });
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      const value = JSON.parse(line) as unknown;
      return [pairLine.safeParse(value).success ? readPair(value as PairLine) : scoredLine.parse(value)];
    } catch (cause) {
      const message = `Line ${i + 1} of ${file} is no JSON object with a prompt and completions that have texts, or with chosen and rejected.`;
      throw new AppError("invalid", message, { cause });
    }
  });
}

async function list({ project }: ProjectOption, command: Command): Promise<void> {
  const models = await allModels(project);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(models));
  if (models.length === 0)
    return console.log(`Project ${project} has no reward model. Train one with: train --project ${project}`);
  for (const model of models) console.log(describe(model));
}

async function promote(
  version: string,
  { project, reason }: ProjectOption & { reason?: string },
  command: Command,
): Promise<void> {
  const { id } = await findVersion(project, version);
  const input = parseInput(promoteInput, reason === undefined ? {} : { reason });
  const promoted = await promoteRewardModel(await operatorAccess("reward:manage", project), id, input);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(promoted));
  console.log(`Version ${promoted.version} serves now.`);
}

async function artifact(version: string, { project, out }: ProjectOption & { out: string }): Promise<void> {
  const id = version === "active" ? "active" : (await findVersion(project, version)).id;
  const { version: written, bytes } = await readArtifact(await operatorAccess("reward:read", project), id);
  await writeFile(out, bytes);
  console.log(`Wrote version ${written} to ${out} (${bytes.length} bytes).`);
}

function describe({ version, isActive, gate, metrics }: RewardModelView): string {
  const { withSides, baselines, test } = metrics;
  const state = isActive ? "active" : gate.isPassed ? "not active" : "held back";
  const beside = `majority ${percent(baselines.majority)}, longer wins ${percent(baselines.longerWins)}, length and format only ${percent(baselines.sideFeaturesOnly)}`;
  const weak = gate.isWeakEvidence ? "; weak evidence" : "";
  return `version ${version} (${state}): ${percent(withSides.accuracy)} right on ${test.pairs} test pairs beside ${beside}${weak}`;
}

function percent(estimate: EstimateView | null): string {
  if (!estimate) return "n/a";
  const [low, high] = estimate.interval.map((bound) => (100 * bound).toFixed(1));
  return `${(100 * estimate.mean).toFixed(1)} % (${low} to ${high})`;
}
