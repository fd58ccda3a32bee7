import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { encoderInput, type EncoderView } from "@/lib/encoders/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { downloadModel } from "@/lib/reward/download-model";
import { getEncoder, setEncoder } from "@/lib/reward/encoder-choice";
import { endThread } from "@/lib/reward/scorer-thread-client";

type Options = { project: string; folder?: string; pooling?: string; builtIn?: boolean };

type DownloadOptions = { revision: string; file?: string; hub: string };

/** `reward-model encoder` and `reward-model download-encoder`. */
export function registerEncoder(model: Command): void {
  model
    .command("encoder")
    .description("show or choose what the next version reads texts with")
    .requiredOption("--project <slug>", "project")
    .option("--folder <name>", "a folder with model.onnx and tokenizer.json below TANDEM_MODELS_DIR")
    .option("--pooling <kind>", "mean, cls or last (mean)")
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

async function encoder({ project, folder, pooling, builtIn }: Options, command: Command): Promise<void> {
  const view = folder === undefined && !builtIn ? await read(project) : await choose(project, { folder, pooling });
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(view));
  const { model, version, width } = view.encoder;
  console.log(`${model ? `${model.folder}, ${model.pooling} pooling` : "built in"} (${version}, width ${width})`);
  console.log(`Models to choose from: ${view.folders.join(", ") || "none"}`);
}

async function read(project: string): Promise<EncoderView> {
  return await getEncoder(await operatorAccess("reward:read", project));
}

async function choose(project: string, model: Pick<Options, "folder" | "pooling">): Promise<EncoderView> {
  const input = parseInput(encoderInput, { model: model.folder === undefined ? null : model });
  try {
    return await setEncoder(await operatorAccess("reward:manage", project), input);
  } finally {
    await endThread();
  }
}
