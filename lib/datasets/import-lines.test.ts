import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readImportLines, splitArray, splitLines, type ImportLine, type Splitter } from "./import-lines";

async function* inPieces(bytes: Uint8Array, sizes: number[] = [bytes.length]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length]!);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(content: string | Uint8Array, sizes?: number[]): Promise<ImportLine[]> {
  const found: ImportLine[] = [];
  for await (const some of readImportLines(inPieces(Buffer.from(content), sizes))) found.push(...some);
  return found;
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const texts = fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("👩‍🚒", "שלום", "a\r", "")), {
  maxLength: 12,
});

test("lines come out whole wherever the pieces are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      sizes,
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      async (values, pieces, newline, hasMark) => {
        const records = values.map((value) => JSON.stringify({ value }));
        const file = (hasMark ? "\uFEFF" : "") + records.join(newline);
        expect(await read(file, pieces)).toEqual(records.map((text, i) => ({ line: i + 1, text })));
      },
    ),
  );
});

test("elements of an array come out whole wherever the pieces are cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), sizes, fc.constantFrom(0, 2), async (values, pieces, indent) => {
      const found = await read(` ${JSON.stringify(values, null, indent)}\n`, pieces);
      expect(found.map((entry) => JSON.parse((entry as { text: string }).text))).toEqual(
        JSON.parse(JSON.stringify(values)),
      );
    }),
  );
});

test("a compressed file is read like a plain one", async () => {
  expect(await read(gzipSync('{"a":1}\n\n  \n{"b":2}'), [3])).toEqual([
    { line: 1, text: '{"a":1}' },
    { line: 4, text: '{"b":2}' },
  ]);
});

test("tiny and empty files are read too", async () => {
  expect(await read("")).toEqual([]);
  expect(await read(" \n")).toEqual([]);
  expect(await read("[]")).toEqual([]);
  expect(await read("[1]", [1])).toEqual([{ line: 1, text: "1" }]);
  expect(await read("{}")).toEqual([{ line: 1, text: "{}" }]);
});

test("bytes that are not UTF-8 spoil their own line only", async () => {
  const file = Buffer.concat([Buffer.from("{}\n"), Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from("[]")]);
  expect(await read(file)).toEqual([
    { line: 1, text: "{}" },
    { line: 2, code: "encoding", message: expect.stringContaining("UTF-8") },
    { line: 3, text: "[]" },
  ]);
});

test("a cut compressed file gives what came before the cut and says so", async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => JSON.stringify({ i, noise: Math.sin(i) }));
  const whole = gzipSync(lines.join("\n"));
  const found = await read(whole.subarray(0, whole.length - 2000), [1000]);
  expect(found.length).toBeGreaterThan(100);
  expect(found.at(-1)).toMatchObject({ code: "damaged" });
  expect(found.slice(0, -1).map((entry) => (entry as { text: string }).text)).toEqual(lines.slice(0, found.length - 1));
});

test("an error of the source is passed on, also through decompression", async () => {
  async function* broken() {
    yield gzipSync("{}").subarray(0, 12);
    throw new Error("the disk is gone");
  }
  const reading = async () => {
    for await (const some of readImportLines(broken())) expect(some).toBeDefined();
  };
  await expect(reading()).rejects.toThrow("the disk is gone");
});

test("a line over the cap is dropped and its neighbours stay", () => {
  expect(feed(splitLines(10), ["12345", "6789012\nok\r", "\n\n123456789", "0\n1234567890X"])).toEqual([
    { line: 1, code: "too_long", message: expect.any(String) },
    { line: 2, text: "ok" },
    { line: 4, text: "1234567890" },
    { line: 5, code: "too_long", message: expect.any(String) },
  ]);
});

test("an array element over the cap is dropped and its neighbours stay", () => {
  expect(feed(splitArray(10), ['[1,\n"this is ]', ' far too long",', "\n[2]]"])).toEqual([
    { line: 1, text: "1" },
    { line: 2, code: "too_long", message: expect.any(String) },
    { line: 3, text: "[2]" },
  ]);
});

test("a damaged element leaves the others whole", () => {
  expect(feed(splitArray(), ["[{}, {oops}, 1}, {}]"])).toMatchObject([
    { text: "{}" },
    { text: "{oops}" },
    { text: "1}" },
    { text: "{}" },
  ]);
});

test("an array that does not end, or ends too early, is reported", () => {
  expect(feed(splitArray(), ["[1,\n{"])).toMatchObject([{ text: "1" }, { line: 2, code: "json" }]);
  expect(feed(splitArray(), ["[1]\nx"])).toMatchObject([{ text: "1" }, { line: 2, code: "json" }]);
});

function feed(splitter: Splitter, pieces: string[]): ImportLine[] {
  return [...pieces.flatMap((piece) => splitter.push(Buffer.from(piece))), ...splitter.end()];
}
