import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { folderName } from "@/lib/encoders/schema";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { say } from "@/lib/say";

/** The names of the models that the operator offers as encoders, in order. */
export async function listModelFolders(): Promise<string[]> {
  const { TANDEM_MODELS_DIR: root } = env();
  if (root === undefined) return [];
  const names = await readdir(root).catch((error: unknown) => {
    log.error({ err: error, root }, "TANDEM_MODELS_DIR cannot be read");
    return [];
  });
  const shown = names.filter((name) => folderName.test(name));
  const areFolders = await Promise.all(shown.map((name) => isFolder(path.join(root, name))));
  return shown.filter((_, i) => areFolders[i]).toSorted();
}

/** Where the files of a model are, by its plain name. Throws `invalid` where there are none. */
export async function modelFolder(name: string): Promise<string> {
  const folders = await listModelFolders();
  const { TANDEM_MODELS_DIR: root } = env();
  if (root !== undefined && folders.includes(name)) return path.resolve(root, name);
  throw new AppError(
    "invalid",
    root === undefined
      ? say`Model ${name} cannot be found, as this installation has no models folder. Its operator sets TANDEM_MODELS_DIR.`
      : folders.length === 0
        ? say`There is no model ${name} in the models folder, which has none.`
        : say`There is no model ${name} in the models folder, which has ${folders.join(", ")}.`,
  );
}

/** Links count as what they lead to: they are the operator's. */
async function isFolder(file: string): Promise<boolean> {
  return await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
