import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { AppError } from "@/lib/errors";

/** Longer windows than this cost more than they tell a reward model. */
const longestWindow = 1024;

/** A model that says nothing of its length is read as BERT is. */
export const usualWindow = 512;

type ModelContent = {
  /** Activations are quantised by the range of a whole batch, so that a text's vector depends on its neighbours. */
  isDynamicallyQuantised: boolean;
  /** SHA-256 of the model with its weights, the tokenizer and the length. */
  hash: string;
};

export type ModelFiles = ModelContent & {
  modelPath: string;
  tokenizer: object;
  tokenizerConfig: object;
  /** Most tokens in one reading, special tokens included. */
  maxTokens: number;
};

/** By the model's path. Reading a gigabyte takes seconds, and every request for a version that is not there any more asks for it. */
const readModels = new LRUCache<string, { stamp: string; content: ModelContent }>({ max: 100 });

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
  const read = await readModel(modelPath, JSON.stringify([tokenizer, tokenizerConfig, maxTokens]));
  return { modelPath, tokenizer, tokenizerConfig, maxTokens, ...read };
}

/** What is in a model's large files, read again only where one of them has changed. */
async function readModel(modelPath: string, settings: string): Promise<ModelContent> {
  const folder = path.dirname(modelPath);
  const names = (await readdir(folder, { recursive: true })).toSorted();
  const stamps = await Promise.all(names.map((name) => stampOf(path.join(folder, name))));
  const stamp = createHash("sha256")
    .update(JSON.stringify([settings, stamps]))
    .digest("hex");
  const known = readModels.get(modelPath);
  if (known?.stamp === stamp) return known.content;
  const model = await readFile(modelPath);
  const hash = createHash("sha256").update(model).update(settings);
  for (const file of await weightFiles(modelPath, model, names)) await addFile(hash, file);
  const content = { isDynamicallyQuantised: model.includes("DynamicQuantizeLinear"), hash: hash.digest("hex") };
  readModels.set(modelPath, { stamp, content });
  return content;
}

/** Differs whenever a file is written or replaced. Of a link that leads nowhere there is the name alone. */
async function stampOf(file: string): Promise<(string | number)[]> {
  return await stat(file).then(
    ({ ino, size, mtimeMs, ctimeMs }) => [file, ino, size, mtimeMs, ctimeMs],
    () => [file],
  );
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
async function weightFiles(modelPath: string, model: Buffer, names: readonly string[]): Promise<string[]> {
  const named = names.filter((name) => model.includes(name));
  const files = named.map((name) => path.join(path.dirname(modelPath), name));
  const kinds = await Promise.all(files.map((file) => stat(file)));
  return files.filter((file, i) => file !== modelPath && kinds[i]!.isFile());
}

async function addFile(hash: ReturnType<typeof createHash>, file: string): Promise<void> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
}
