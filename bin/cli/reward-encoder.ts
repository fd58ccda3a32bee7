import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { encoderInput, type EncoderView } from "@/lib/encoders/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { downloadModel } from "@/lib/reward/download-model";
import { getEncoder, setEncoder } from "@/lib/reward/encoder-choice";
import { endThread } from "@/lib/reward/scorer-thread-client";

type Options = {
  project: string;
  folder?: string;
  pooling?: string;
  endpoint?: string;
  model?: string;
  keyEnv?: string;
  builtIn?: boolean;
};

type DownloadOptions = { revision: string; file?: string; hub: string };

/** `reward-model encoder` and `reward-model download-encoder`. */
export function registerEncoder(model: Command): void {
  model
    .command("encoder")
    .description("show or choose what the next version reads texts with")
    .requiredOption("--project <slug>", "project")
    .option("--folder <name>", "a folder with model.onnx and tokenizer.json below TANDEM_MODELS_DIR")
    .option("--pooling <kind>", "mean, cls or last (mean)")
    .option("--endpoint <url>", "an OpenAI-compatible provider, up to and without /embeddings")
    .option("--model <name>", "its embeddings model")
    .option("--key-env <name>", "the environment variable that holds its key")
    .option("--built-in", "the built-in encoder")
    .action(encoder);
  model
    .command("download-encoder <id>")
    .description("download a public model from the Hugging Face hub into TANDEM_MODELS_DIR")
    .option("--revision <name>", "branch, tag or commit", "main")
    .option("--file <path>", "which .onnx file (onnx/model.onnx, else model.onnx)")
    .option("--hub <url>", "address of the hub", "https://huggingface.co")
    .action(download);
}

async function download(id: string, { revision, file, hub }: DownloadOptions, command: Command): Promise<void> {
  const { TANDEM_MODELS_DIR: root } = env();
  if (root === undefined) {
    throw new AppError("invalid", "There is no models folder to download to. Set TANDEM_MODELS_DIR to one first.");
  }
  const isJson = Boolean(command.optsWithGlobals().json);
  const onFile = (one: string): void => (isJson ? undefined : console.log(`Downloading ${one}`));
  const made = await downloadModel({ id, revision, file, hubUrl: hub, root, onFile });
  console.log(isJson ? JSON.stringify(made) : `Downloaded ${id} to folder ${made.folder}.`);
}

async function encoder(options: Options, command: Command): Promise<void> {
  const { project, folder, endpoint, builtIn } = options;
  const isChoice = folder !== undefined || endpoint !== undefined || builtIn;
  const view = isChoice ? await choose(project, options) : await read(project);
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(view));
  const { version, width } = view.encoder;
  console.log(`${nameOf(view.encoder)} (${version}, width ${width})`);
  console.log(`Models to choose from: ${view.folders.join(", ") || "none"}`);
}

function nameOf({ model, endpoint }: EncoderView["encoder"]): string {
  if (endpoint) return `${endpoint.model} at ${endpoint.baseUrl}`;
  return model ? `${model.folder}, ${model.pooling} pooling` : "built in";
}

async function read(project: string): Promise<EncoderView> {
  return await getEncoder(await operatorAccess("reward:read", project));
}

async function choose(project: string, options: Options): Promise<EncoderView> {
  const input = parseInput(encoderInput, chosenBy(options));
  try {
    return await setEncoder(await operatorAccess("reward:manage", project), input);
  } finally {
    await endThread();
  }
}

function chosenBy({ folder, pooling, endpoint, model, keyEnv }: Options): unknown {
  if (endpoint === undefined) return { model: folder === undefined ? null : { folder, pooling } };
  return { endpoint: { baseUrl: endpoint, model, ...(keyEnv !== undefined && { apiKey: keyFrom(keyEnv) }) } };
}

/** Keys are not given as options, which other users of the machine can read. */
function keyFrom(name: string): string {
  const key = process.env[name];
  if (key) return key;
  throw new AppError("invalid", `The environment variable ${name} is not set. Put the provider's key into it.`);
}
