import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Longer windows than this cost more than they tell a reward model. */
const longestWindow = 1024;

/** A model that says nothing of its length is read as BERT is. */
export const usualWindow = 512;

export type ModelFiles = {
  modelPath: string;
  tokenizer: object;
  tokenizerConfig: object;
  /** Most tokens in one reading, special tokens included. */
  maxTokens: number;
  /** Activations are quantised by the range of a whole batch, so that a text's vector depends on its neighbours. */
  isDynamicallyQuantised: boolean;
  /** SHA-256 of the model with its weights, the tokenizer and the length. */
  hash: string;
};

const length = z.object({
  model_max_length: z.number().optional().catch(undefined),
  max_seq_length: z.number().optional().catch(undefined),
  max_position_embeddings: z.number().optional().catch(undefined),
});

/**
 * Reads what a folder has of a model, laid out as on the Hugging Face hub: one .onnx file there or in `onnx/`
 * (`model.onnx` where there are several), with its weights in it or beside it, and `tokenizer.json`. Throws `invalid`, by name of the folder,
 * where something is missing or unreadable.
 */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  try {
    return await readFiles(folder);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isOfFiles = !(cause instanceof AppError) && code !== undefined;
    if (!isOfFiles) throw cause;
    throw new AppError("invalid", `Folder ${path.basename(folder)} cannot be read: ${message}.`, { cause });
  }
}

async function readFiles(folder: string): Promise<ModelFiles> {
  const modelPath = await findModel(folder);
  const name = path.basename(folder);
  const tokenizer = await readJson(folder, "tokenizer.json");
  if (!tokenizer) {
    throw new AppError("invalid", `Folder ${name} has no tokenizer.json. Copy it there from where the model is from.`);
  }
  const tokenizerConfig = (await readJson(folder, "tokenizer_config.json")) ?? {};
  const sources = [
    tokenizerConfig,
    await readJson(folder, "sentence_bert_config.json"),
    await readJson(folder, "config.json"),
  ];
  const maxTokens = windowOf(sources.map((source) => length.parse(source ?? {})));
  const model = await readFile(modelPath);
  const hash = createHash("sha256")
    .update(model)
    .update(JSON.stringify([tokenizer, tokenizerConfig, maxTokens]));
  for (const file of await weightFiles(modelPath, model)) await addFile(hash, file);
  return {
    ...{ modelPath, tokenizer, tokenizerConfig, maxTokens },
    isDynamicallyQuantised: model.includes("DynamicQuantizeLinear"),
    hash: hash.digest("hex"),
  };
}

async function findModel(folder: string): Promise<string> {
  const name = path.basename(folder);
  for (const place of [folder, path.join(folder, "onnx")]) {
    const models = (await namesIn(place)).filter((file) => file.endsWith(".onnx"));
    const model = models.includes("model.onnx") ? "model.onnx" : models[0];
    if (model === undefined) continue;
    if (models.length === 1 || model === "model.onnx") return path.join(place, model);
    throw new AppError(
      "invalid",
      `Folder ${name} has several models (${models.toSorted().join(", ")}). Leave one, or name the one that counts model.onnx.`,
    );
  }
  throw new AppError("invalid", `Folder ${name} has no .onnx file. Copy the model there, as model.onnx.`);
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return [];
    throw cause;
  });
}

/** Null where there is no such file. */
async function readJson(folder: string, file: string): Promise<object | null> {
  const text = await readFile(path.join(folder, file), "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return null;
    throw cause;
  });
  if (text === null) return null;
  try {
    return z.looseObject({}).parse(JSON.parse(text));
  } catch (cause) {
    const message = `${file} in folder ${path.basename(folder)} is no JSON object. Copy it there again.`;
    throw new AppError("invalid", message, { cause });
  }
}

/** The smallest length that is told; tokenizers without one tell an astronomical number. */
function windowOf(told: readonly z.infer<typeof length>[]): number {
  const lengths = told.flatMap((one) => Object.values(one)).filter((tokens) => tokens !== undefined && tokens < 1e7);
  return lengths.length === 0 ? usualWindow : Math.min(longestWindow, ...lengths);
}

/**
 * The files with weights that the model's own file has no room for. It names them (`model.onnx_data`), from its own folder on;
 * a renamed model goes on naming those of its old name.
 */
async function weightFiles(modelPath: string, model: Buffer): Promise<string[]> {
  const folder = path.dirname(modelPath);
  const names = (await readdir(folder, { recursive: true })).filter((name) => model.includes(name));
  const files = names.toSorted().map((name) => path.join(folder, name));
  const kinds = await Promise.all(files.map((file) => stat(file)));
  return files.filter((file, i) => file !== modelPath && kinds[i]!.isFile());
}

async function addFile(hash: ReturnType<typeof createHash>, file: string): Promise<void> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
}
