import { expect, test } from "vitest";
import { tinyImages, tinyPng } from "@/lib/testing/tiny-images";
import { sniffImage } from "./sniff";

test.each(tinyImages)("$name is known by its bytes, with its size", ({ contentType, width, height, base64 }) => {
  expect(sniffImage(Buffer.from(base64, "base64"))).toEqual({ contentType, width, height });
});

test.each([
  ["nothing", ""],
  ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
  ["a page", "<!doctype html><script>alert(1)</script>"],
  ["a page that begins as an image", "GIF89a"],
  ["a film", "\0\0\0\x18ftypisom\0\0\0\0isommp42"],
  ["a JPEG without a frame", "\xff\xd8\xff\xda\0\x02\0\0\0\0\0\0"],
])("%s is no image", (_, text) => {
  expect(sniffImage(Buffer.from(text, "latin1"))).toBeNull();
});

test("an image of no size is none, and one that is cut off anywhere gives its size or nothing", () => {
  const empty = Buffer.from(tinyPng);
  empty.writeUInt32BE(0, 16);
  expect(sniffImage(empty)).toBeNull();
  for (const { base64, ...whole } of tinyImages) {
    const bytes = Buffer.from(base64, "base64");
    for (let length = 0; length < bytes.length; length += 1) {
      const found = sniffImage(bytes.subarray(0, length));
      if (found) expect(found.contentType).toBe(whole.contentType);
    }
  }
});
