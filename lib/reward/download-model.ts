import { createWriteStream } from "node:fs";
import { access, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { downloadFile, listFiles } from "@huggingface/hub";
import { folderName } from "@/lib/encoders/schema";
import { AppError } from "@/lib/errors";

/** What is read beside the model itself, where a repository has it. */
const beside = ["tokenizer.json", "tokenizer_config.json", "config.json", "sentence_bert_config.json"];

/** Where exporters put the model, the likeliest first. */
const usualModels = ["onnx/model.onnx", "model.onnx"];

type Wanted = {
  /** Of the repository, such as sentence-transformers/all-MiniLM-L6-v2. */
  id: string;
  revision: string;
  /** Which .onnx file, such as onnx/model_int8.onnx; the usual one if left out. */
  file?: string | undefined;
  hubUrl: string;
  /** The models folder. */
  root: string;
  onFile: (file: string) => void;
};

/**
 * Downloads a model from the Hugging Face hub into the models folder, under the last part of its id. The folder appears when
 * all of it is there. Throws `conflict` where there is one of that name, and `invalid` where the repository has no such model.
 */
export async function downloadModel(wanted: Wanted): Promise<{ folder: string; files: string[] }> {
  const { id, root } = wanted;
  const name = id.split("/").at(-1)!;
  if (!folderName.test(name)) throw new AppError("invalid", `${id} is no id of a model, such as org/all-MiniLM-L6-v2.`);
  const folder = path.join(root, name);
  if (await exists(folder)) {
    throw new AppError("conflict", `There is a folder ${name} in the models folder. Rename or delete it first.`);
  }
  // Its name is none that can be chosen.
  const partial = path.join(root, `.${name}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    const files = await wantedFiles(wanted);
    for (const file of files) {
      wanted.onFile(file);
      await fetchFile(wanted, file, path.join(partial, path.basename(file)));
    }
    await rename(partial, folder);
    return { folder: name, files };
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    if (cause instanceof AppError) throw cause;
    throw new AppError("unavailable", `Model ${id} could not be downloaded: ${(cause as Error).message}. Try again.`, {
      cause,
    });
  }
}

/** The model, the files with its weights, and what is read beside them. */
async function wantedFiles({ id, revision, file, hubUrl }: Wanted): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of listFiles({ repo: id, revision, recursive: true, hubUrl })) {
    if (entry.type === "file") files.push(entry.path);
  }
  const model = (file === undefined ? usualModels : [file]).find((one) => files.includes(one));
  if (model === undefined) {
    const models = files.filter((one) => one.endsWith(".onnx"));
    throw new AppError(
      "invalid",
      `${id} has no ${file ?? usualModels.join(" or ")}; ${models.length === 0 ? "it has no ONNX file" : `choose among ${models.join(", ")}`}.`,
    );
  }
  if (!files.includes("tokenizer.json")) throw new AppError("invalid", `${id} has no tokenizer.json, which is needed.`);
  return [...files.filter((one) => one.startsWith(model)), ...beside.filter((one) => files.includes(one))];
}

async function fetchFile({ id, revision, hubUrl }: Wanted, file: string, target: string): Promise<void> {
  const blob = await downloadFile({ repo: id, revision, path: file, hubUrl });
  if (!blob) throw new AppError("invalid", `${id} has lost ${file} while it was downloaded. Try again.`);
  await pipeline(Readable.from(blob.stream()), createWriteStream(target));
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
