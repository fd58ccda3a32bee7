import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeWithKept } from "./kept-encoders";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), "kept-encoders-"));
});
afterAll(() => rm(scratch, { recursive: true }));

async function aModel(name: string): Promise<string> {
  const folder = path.join(scratch, name);
  await cp(path.resolve("lib/encoders/testing-models/tiny-bert"), folder, { recursive: true });
  return folder;
}

const ask = (folder: string, version: string | null) =>
  encodeWithKept({ folder, pooling: "mean", version, texts: ["The cat sat on the mat."] });

test("an encoder in use is kept, and those that are looked at do not take its place", async () => {
  const used = await aModel("used");
  const { version } = await ask(used, null);
  const { vectors } = await ask(used, version);
  for (const name of ["a", "b", "c"]) expect((await ask(await aModel(name), null)).vectors).toEqual(vectors);
  await rm(used, { recursive: true });
  expect(await ask(used, version)).toEqual({ version, width: 16, vectors });
});

test("an encoder that was looked at is not kept", async () => {
  const folder = await aModel("looked-at");
  const { version } = await ask(folder, null);
  await rm(folder, { recursive: true });
  await expect(ask(folder, version)).rejects.toMatchObject({ code: "invalid" });
});
