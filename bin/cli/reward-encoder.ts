import type { Command } from "commander";
import { parseInput } from "@/app/api/problem";
import { operatorAccess } from "@/lib/auth/membership";
import { encoderInput, type EncoderView } from "@/lib/encoders/schema";
import { getEncoder, setEncoder } from "@/lib/reward/encoder-choice";
import { endThread } from "@/lib/reward/scorer-thread-client";

type Options = { project: string; folder?: string; pooling?: string; builtIn?: boolean };

/** `reward-model encoder`. */
export function registerEncoder(model: Command): void {
  model
    .command("encoder")
    .description("show or choose what the next version reads texts with")
    .requiredOption("--project <slug>", "project")
    .option("--folder <name>", "a folder with model.onnx and tokenizer.json below TANDEM_MODELS_DIR")
    .option("--pooling <kind>", "mean, cls or last (mean)")
    .option("--built-in", "the built-in encoder")
    .action(encoder);
}

async function encoder({ project, folder, pooling, builtIn }: Options, command: Command): Promise<void> {
  const view = folder === undefined && !builtIn ? await read(project) : await choose(project, { folder, pooling });
  if (command.optsWithGlobals().json) return console.log(JSON.stringify(view));
  const { model, version, width } = view.encoder;
  console.log(`${model ? `${model.folder}, ${model.pooling} pooling` : "built in"} (${version}, width ${width})`);
  console.log(`There ${view.folders.length === 0 ? "are no other models" : `are: ${view.folders.join(", ")}`}.`);
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
