import { z } from "zod";
import { readImageUrl, uploadPrefix } from "@/lib/images/image-url";
import { readImage, tooLarge, type ImageFile } from "@/lib/images/read-image";
import { maxImageBytes, maxImages } from "@/lib/images/schema";
import type { JsonObject } from "./imported";
import { RecordFault, saying } from "./record-fault";

/** An image of a record: by its URL, as image:<id>, or as sha256:<hex> where the record holds its bytes. */
export type ImportedImage = { name: string; alt: string };

/** Bytes of images that records hold, by their hash. */
export type ImageFiles = Map<string, ImageFile>;

export const hashPrefix = "sha256:";

/** One image as records write it. */
export const imageEntry = z.union(
  [z.string(), z.object({ url: z.string(), alt: z.string().nullish() })],
  saying("must be a URL (https, http or data), image:<id>, or an object with url and alt"),
);
export type ImageEntry = z.output<typeof imageEntry>;
const imageList = z.array(imageEntry).max(maxImages);

/** A field for one image; undefined where it holds something else, which is the data set's own. */
export const ownImage = z.preprocess((value) => (looksLikeImage(value) ? value : undefined), imageEntry.optional());
/** A field for images, in the same way. A list that looks like images has to be one. */
export const ownImages = z.preprocess((value) => (looksLikeImages(value) ? value : undefined), imageList.optional());

function looksLikeImages(value: unknown): boolean {
  if (!Array.isArray(value)) return typeof value === "string";
  return value.length === 0 || value.some((entry) => looksLikeImage(entry) || isImported(entry));
}

function looksLikeImage(value: unknown): boolean {
  return typeof value === "string" || typeof (value as { url?: unknown } | null)?.url === "string";
}

/** Whether this is an image as it is after reading; a record that holds one like it is refused. */
export function isImported(value: unknown): value is ImportedImage {
  const { name, alt } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof name === "string" && typeof alt === "string";
}

/** Those of a part's fields for images that are read as such, or are empty; the others stay in meta. */
export function imageFields(read: { image?: unknown; images?: unknown }, written: JsonObject): string[] {
  const fields = Object.entries(read).filter(([field, value]) => value !== undefined || written[field] === null);
  return fields.map(([field]) => field);
}

/** Reads images; bytes that they hold go into `files`. Throws RecordFault. */
export function readImages(entries: ImageEntry[] | undefined, at: string, files: ImageFiles): ImportedImage[] {
  return (entries ?? []).map((entry, index) => readEntry(entry, `${at}.${index}`, files));
}

export function readEntry(entry: ImageEntry, at: string, files: ImageFiles): ImportedImage {
  const { url, alt } = typeof entry === "string" ? { url: entry, alt: null } : entry;
  return { name: readName(url.trim(), at, files), alt: alt ?? "" };
}

function readName(text: string, at: string, files: ImageFiles): string {
  if (/^data:/i.test(text)) {
    const file = readDataUrl(text, at);
    files.set(file.sha256, file);
    return hashPrefix + file.sha256;
  }
  if (text.startsWith(uploadPrefix)) {
    if (!z.uuid().safeParse(text.slice(uploadPrefix.length)).success)
      throw new RecordFault(at, "does not end in an id: write image:<id> as the upload answered it");
    return text.toLowerCase();
  }
  const read = readImageUrl(text);
  if ("problem" in read) throw new RecordFault(at, read.problem);
  return read.url;
}

function readDataUrl(text: string, at: string): ImageFile {
  const comma = text.indexOf(",");
  if (!/;\s*base64$/i.test(text.slice(0, comma)))
    throw new RecordFault(at, "is a data URL without base64: write data:image/png;base64,...");
  const coded = text.slice(comma + 1).replaceAll(/\s+/g, "");
  if (/[^A-Za-z0-9+/=]/.test(coded)) throw new RecordFault(at, "is a data URL whose base64 cannot be read");
  const read = (coded.length / 4) * 3 > maxImageBytes + 2 ? tooLarge() : readImage(decode(coded));
  if ("problem" in read) throw new RecordFault(at, `is a data URL that ${read.problem}`);
  return read.file;
}

/** Bytes of their own, not of Node's pool. */
function decode(coded: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(coded, "base64"));
}
