import { cp, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportModel } from "@/lib/graph/export";
import { gather } from "@/lib/graph/ops";
import { input, parameter } from "@/lib/graph/tensor";
import { chooseProvider } from "@/lib/graph/choose-provider";
import golden from "./onnx-golden.json";
import { distance, providerTolerance } from "./fastest-session";
import { openOnnxEncoder } from "./onnx";
import type { Pooling } from "./schema";

// WebGPU without a GPU: the Vulkan driver in software that comes with Chromium.
process.env.VK_ICD_FILENAMES ??= "/usr/lib/chromium/vk_swiftshader_icd.json";

const models = path.join(import.meta.dirname, "testing-models");

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), "encoder-"));
});
afterAll(() => rm(scratch, { recursive: true }));

/** A copy of the tiny BERT to be spoilt. */
async function aCopy(name: string): Promise<string> {
  const folder = path.join(scratch, name);
  await cp(path.join(models, "tiny-bert"), folder, { recursive: true });
  return folder;
}

/** One for each token of the tiny BERT's tokenizer. */
const ones = Array.from({ length: 180 }, () => 1);

/** A model whose token is one number, by its id or its place, out of a table; it reads with the tokenizer of the tiny BERT. */
async function aTable(
  name: string,
  index: "input_ids" | "position_ids",
  numbers: readonly number[],
  metadata: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await aCopy(name);
  const shape = [numbers.length, 1];
  const table = parameter("table", shape);
  const model = exportModel({
    ...{ name, metadata },
    outputs: { last_hidden_state: gather(table, input(index, ["texts", "tokens"], "int64")) },
    values: { table: { dtype: "float32", shape, data: Float32Array.from(numbers) } },
  });
  await writeFile(path.join(folder, "model.onnx"), model);
  return folder;
}

const open = (folder: string, pooling: Pooling = "mean") => openOnnxEncoder({ folder, pooling });

test.each(golden.expected)(
  "$model with $pooling pooling gives Python's vectors",
  async ({ model, pooling, vectors }) => {
    const encoder = await open(path.join(models, model), pooling as Pooling);
    const encoded = await encoder.encode(golden.texts);
    await encoder.dispose();
    const digits = model.endsWith("fp16") ? 2 : 5;
    expect(encoder.width).toBe(16);
    vectors.forEach((vector, i) => vector.forEach((value, j) => expect(encoded[i]![j]).toBeCloseTo(value, digits)));
  },
);

test("a text has one vector, whatever it is encoded with", async () => {
  for (const model of ["tiny-bert", "tiny-bert-int8", "tiny-llama"]) {
    const encoder = await open(path.join(models, model), "last");
    const together = await encoder.encode(golden.texts);
    for (const [i, text] of golden.texts.entries()) {
      const [alone] = await encoder.encode([text]);
      alone!.forEach((value, j) => expect(together[i]![j]).toBeCloseTo(value, 5));
    }
    await encoder.dispose();
  }
});

test("the version follows from the files and the pooling", async () => {
  const versionOf = async (folder: string, pooling?: Pooling): Promise<string> => {
    const encoder = await open(folder, pooling);
    await encoder.dispose();
    return encoder.version;
  };
  const original = await versionOf(path.join(models, "tiny-bert"));
  const copy = await aCopy("same");
  expect(await versionOf(copy)).toBe(original);
  expect(await versionOf(copy, "cls")).not.toBe(original);
  await writeFile(path.join(copy, "tokenizer_config.json"), '{ "model_max_length": 12 }');
  expect(await versionOf(copy)).not.toBe(original);
});

test("the version follows from the weights that the model names, whatever they and it are called", async () => {
  const folder = await aTable("outside", "input_ids", ones, { location: "model_fp16.onnx_data" });
  const versionWith = async (file: string, weights: string): Promise<string> => {
    await writeFile(path.join(folder, file), weights);
    const encoder = await open(folder);
    await encoder.dispose();
    return encoder.version;
  };
  const original = await versionWith("model_fp16.onnx_data", "weights");
  expect(await versionWith("README.md", "The model does not name this file.")).toBe(original);
  expect(await versionWith("model_fp16.onnx_data", "changed")).not.toBe(original);
  expect(await versionWith("model_fp16.onnx_data", "weights")).toBe(original);
});

test("files that have not changed are not read again to refuse another version of them", async () => {
  const folder = await aTable("large", "input_ids", ones, { location: "weights.bin" });
  await writeFile(path.join(folder, "weights.bin"), "");
  await truncate(path.join(folder, "weights.bin"), 2 ** 28);
  const refusalMs = async (): Promise<number> => {
    const start = performance.now();
    const refused = openOnnxEncoder({ folder, pooling: "mean", version: "onnx-other" });
    await expect(refused).rejects.toThrow("The files of model large have changed since it was chosen.");
    return performance.now() - start;
  };
  const first = await refusalMs();
  // Three times, as a busy machine may delay any of them.
  expect(Math.min(await refusalMs(), await refusalMs(), await refusalMs())).toBeLessThan(first / 10);
});

test("what a folder lacks is said by name", async () => {
  const refusal = async (spoil: (folder: string) => Promise<void>): Promise<string> => {
    const folder = await aCopy("spoilt");
    await spoil(folder);
    const error: unknown = await open(folder).catch((thrown: unknown) => thrown);
    await rm(folder, { recursive: true });
    expect(error).toMatchObject({ code: "invalid" });
    return (error as Error).message;
  };
  const inFolder = (folder: string, file: string): string => path.join(folder, file);
  expect(await refusal((folder) => rm(inFolder(folder, "model.onnx")))).toContain("Folder spoilt has no .onnx file");
  expect(await refusal((folder) => rm(inFolder(folder, "tokenizer.json")))).toContain("has no tokenizer.json");
  expect(await refusal((folder) => writeFile(inFolder(folder, "tokenizer.json"), "{"))).toContain("is no JSON object");
  expect(await refusal((folder) => writeFile(inFolder(folder, "tokenizer.json"), "{}"))).toContain("cannot be used");
  expect(await refusal((folder) => writeFile(inFolder(folder, "model.onnx"), "?"))).toContain("could not load");
  const cannotBeRead = /^Folder spoilt cannot be read: E/;
  for (const file of ["model.onnx", "tokenizer.json"]) {
    const replaceBy = (make: (target: string) => Promise<unknown>): Promise<string> =>
      refusal(async (folder) => {
        await rm(inFolder(folder, file));
        await make(inFolder(folder, file));
      });
    expect(await replaceBy((target) => mkdir(target)), file).toMatch(cannotBeRead);
    expect(await replaceBy((target) => symlink(path.basename(target), target)), file).toMatch(cannotBeRead);
  }
  const several = await refusal(async (folder) => {
    await cp(inFolder(folder, "model.onnx"), inFolder(folder, "a.onnx"));
    await cp(inFolder(folder, "model.onnx"), inFolder(folder, "b.onnx"));
    await rm(inFolder(folder, "model.onnx"));
  });
  expect(several).toContain("a.onnx, b.onnx");
});

test("numbers that are not finite are refused", async () => {
  const refusal = {
    code: "invalid",
    message: "The model in folder table gives numbers that are not finite for some texts. Use it in float32.",
  };
  const mat = 110;
  const encoder = await open(await aTable("table", "input_ids", ones.with(mat, NaN)));
  expect(await encoder.encode(["rain"])).toEqual([Float32Array.of(1)]);
  await expect(encoder.encode(["rain", "mat"])).rejects.toMatchObject(refusal);
  await encoder.dispose();
  const none = await aTable(
    "table",
    "input_ids",
    ones.map(() => Infinity),
  );
  await expect(open(none)).rejects.toMatchObject(refusal);
});

test("a model that cannot read as many tokens as its files tell is refused when it is chosen", async () => {
  const folder = await aTable("short", "position_ids", ones.slice(0, 14));
  await expect(open(folder)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/^The model in folder short cannot read 16 tokens, its length by its files/),
  });
  await writeFile(path.join(folder, "tokenizer_config.json"), '{ "model_max_length": 14 }');
  const encoder = await open(folder);
  expect(await encoder.encode([golden.texts.at(-1)!])).toEqual([Float32Array.of(1)]);
  await encoder.dispose();
});

test(
  "WebGPU gives the CPU's vectors, and is left to itself where its adapter is software",
  { timeout: 120_000 },
  async () => {
    const folder = path.join(models, "tiny-bert");
    const cpu = await open(folder);
    const expected = await cpu.encode(golden.texts);
    await cpu.dispose();
    expect(cpu.choice()).toBeNull();
    const openWith = (given: { forced?: "webgpu"; adapter: string }) =>
      openOnnxEncoder({
        ...{ folder, pooling: "mean" },
        chooseProvider: (trial) =>
          chooseProvider({
            ...{ available: ["webgpu", "cpu"], forced: given.forced, trial },
            ...{ softwareAdapter: () => given.adapter, now: () => performance.now() },
          }),
      });
    const forced = await openWith({ forced: "webgpu", adapter: "SwiftShader" });
    const vectors = await forced.encode(golden.texts);
    vectors.forEach((vector, i) => expect(distance(vector, expected[i]!)).toBeLessThan(providerTolerance / 100));
    expect(forced.choice()).toMatchObject({ provider: "webgpu", others: [{ reason: "webgpu was asked for" }] });
    await forced.dispose();
    const free = await openWith({ adapter: "SwiftShader" });
    expect(await free.encode(golden.texts)).toEqual(expected);
    const reason = "its adapter is SwiftShader, which computes in software";
    expect(free.choice()).toMatchObject({ provider: "cpu", others: [{ provider: "webgpu", reason }] });
    await free.dispose();
  },
);

test("a batch is full once there is another, and is chosen by again until there is a choice", async () => {
  const asked: boolean[] = [];
  const encoder = await openOnnxEncoder({
    ...{ folder: path.join(models, "tiny-bert"), pooling: "mean" },
    chooseProvider: async ({ isFull }) => {
      asked.push(isFull);
      return isFull ? { provider: "cpu", stepMs: null, others: [] } : null;
    },
  });
  for (const count of [0, 1, 200, 200]) await encoder.encode(Array.from({ length: count }, () => golden.texts[0]!));
  expect(asked).toEqual([false, true]);
  await encoder.dispose();
});
