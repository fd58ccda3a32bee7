import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { downloadModel } from "./download-model";

const repository: Record<string, string> = {
  "README.md": "not needed",
  "tokenizer.json": "{}",
  "config.json": '{ "model_type": "bert" }',
  "onnx/model.onnx": "the model",
  "onnx/model.onnx_data": "its weights",
  "onnx/model_int8.onnx": "smaller",
};

/** As the hub answers: a tree, and files whose size a range of one byte tells. */
const hub = createServer((request, response) => {
  const { pathname } = new URL(request.url!, "http://hub");
  if (pathname === "/api/models/org/tiny/tree/main") {
    const entries = Object.entries(repository).map(([path, text]) => ({ type: "file", path, size: text.length }));
    return response.setHeader("content-type", "application/json").end(JSON.stringify(entries));
  }
  const text = repository[pathname.replace("/org/tiny/resolve/main/", "")];
  if (text === undefined) return response.writeHead(404, { "x-error-code": "RepoNotFound" }).end();
  const [, start = "0", end = ""] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "") ?? [];
  const part = text.slice(Number(start), end === "" ? undefined : Number(end) + 1);
  response.writeHead(206, { etag: '"1"', "content-range": `bytes ${start}-${end}/${text.length}` }).end(part);
});

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "models-"));
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await rm(root, { recursive: true });
  await new Promise((resolve) => hub.close(resolve));
});

const download = (given: { id?: string; file?: string } = {}) =>
  downloadModel({
    ...{ id: "org/tiny", revision: "main", root, onFile: () => undefined },
    hubUrl: `http://127.0.0.1:${(hub.address() as AddressInfo).port}`,
    ...given,
  });

test("a model is downloaded with its weights and its tokenizer into a folder of its name, once", async () => {
  const files = ["onnx/model.onnx", "onnx/model.onnx_data", "tokenizer.json", "config.json"];
  expect(await download()).toEqual({ folder: "tiny", files });
  expect((await readdir(path.join(root, "tiny"))).toSorted()).toEqual(
    files.map((file) => path.basename(file)).toSorted(),
  );
  expect(await readFile(path.join(root, "tiny", "model.onnx_data"), "utf8")).toBe("its weights");
  await expect(download()).rejects.toMatchObject({ code: "conflict" });
  await rm(path.join(root, "tiny"), { recursive: true });
});

test("another precision is downloaded by its name", async () => {
  expect((await download({ file: "onnx/model_int8.onnx" })).files[0]).toBe("onnx/model_int8.onnx");
  await rm(path.join(root, "tiny"), { recursive: true });
});

test("what cannot be downloaded leaves nothing behind and is said", async () => {
  await mkdir(path.join(root, ".tiny.partial"));
  await expect(download({ file: "onnx/model_fp16.onnx" })).rejects.toMatchObject({
    code: "invalid",
    message: "org/tiny has no onnx/model_fp16.onnx; choose among onnx/model.onnx, onnx/model_int8.onnx.",
  });
  await expect(download({ id: "org/other" })).rejects.toMatchObject({ code: "unavailable" });
  await expect(download({ id: "org/.." })).rejects.toMatchObject({ code: "invalid" });
  expect(await readdir(root)).toEqual([]);
});
