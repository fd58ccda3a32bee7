import type { ImageType } from "./schema";

/** What the first bytes of a file say of it; sizes in pixels as a browser shows it. */
export type Sniffed = { contentType: ImageType; width: number; height: number };

/**
 * The kind and the size of an image by its bytes alone, whatever its name or its server says. Null for everything else,
 * SVG among it, and for images that are cut off before they have told their size.
 */
export function sniffImage(bytes: Uint8Array): Sniffed | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readAvif(view) ?? readJpeg(view);
  return found && found.width > 0 && found.height > 0 ? found : null;
}

function ascii(view: Buffer, from: number, to: number): string {
  return view.toString("latin1", from, to);
}

function readPng(view: Buffer): Sniffed | null {
  if (view.length < 24 || ascii(view, 0, 8) !== "\x89PNG\r\n\x1a\n" || ascii(view, 12, 16) !== "IHDR") return null;
  return { contentType: "image/png", width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

function readGif(view: Buffer): Sniffed | null {
  if (view.length < 10 || !/^GIF8[79]a$/.test(ascii(view, 0, 6))) return null;
  return { contentType: "image/gif", width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
}

/** RFC 9649: a lossy frame (VP8), a lossless one (VP8L) or an extended file (VP8X), whose header has the canvas. */
function readWebp(view: Buffer): Sniffed | null {
  if (view.length < 30 || ascii(view, 0, 4) !== "RIFF" || ascii(view, 8, 12) !== "WEBP") return null;
  const contentType = "image/webp";
  switch (ascii(view, 12, 16)) {
    case "VP8 ":
      return { contentType, width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff };
    case "VP8L": {
      const bits = view.readUInt32LE(21);
      return { contentType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { contentType, width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

/** Where the boxes of an AVIF file that hold sizes are looked for; they stand before the pixels. */
const avifHeadBytes = 65_536;

/** ISO 23008-12: every part of the picture has a box "ispe" with its size; the whole is the largest of them. */
function readAvif(view: Buffer): Sniffed | null {
  if (view.length < 16 || ascii(view, 4, 8) !== "ftyp") return null;
  const brands: string[] = ascii(view, 8, Math.min(view.readUInt32BE(0), view.length, 256)).match(/.{4}/gs) ?? [];
  if (!brands.includes("avif") && !brands.includes("avis")) return null;
  const head = view.subarray(0, avifHeadBytes);
  let [width, height] = [0, 0];
  for (let at = head.indexOf("ispe"); at !== -1 && at + 16 <= head.length; at = head.indexOf("ispe", at + 4)) {
    const [w, h] = [head.readUInt32BE(at + 8), head.readUInt32BE(at + 12)];
    if (w * h > width * height) [width, height] = [w, h];
  }
  return { contentType: "image/avif", width, height };
}

/** Walks the segments up to the frame header; an Exif one before it may say that the picture lies on its side. */
function readJpeg(view: Buffer): Sniffed | null {
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8 || view[2] !== 0xff) return null;
  let isOnItsSide = false;
  for (let at = 2; at + 9 <= view.length;) {
    if (view[at] !== 0xff) return null;
    const marker = view[at + 1]!;
    // Filling between segments.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.readUInt16BE(at + 2);
    // SOF0 to SOF15, without the tables DHT, JPG and DAC that have numbers among them.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [height, width] = [view.readUInt16BE(at + 5), view.readUInt16BE(at + 7)];
      return { contentType: "image/jpeg", ...(isOnItsSide ? { width: height, height: width } : { width, height }) };
    }
    // The pixels begin, or the file ends, without a frame header.
    if (marker === 0xda || marker === 0xd9 || length < 2) return null;
    if (marker === 0xe1) isOnItsSide = readOrientation(view.subarray(at + 4, at + 2 + length)) >= 5;
    at += 2 + length;
  }
  return null;
}

const orientationTag = 0x0112;

/** The orientation of an Exif segment, 1 to 8; 5 and more turn the picture by a quarter. 1 where there is none. */
function readOrientation(exif: Buffer): number {
  if (exif.length < 14 || ascii(exif, 0, 6) !== "Exif\0\0") return 1;
  const tiff = exif.subarray(6);
  const isLittle = ascii(tiff, 0, 2) === "II";
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return 1;
  for (let entry = 0; entry < short(start); entry += 1) {
    const at = start + 2 + 12 * entry;
    if (at + 12 > tiff.length) return 1;
    if (short(at) === orientationTag) return short(at + 8);
  }
  return 1;
}
