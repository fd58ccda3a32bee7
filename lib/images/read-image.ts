import { createHash } from "node:crypto";
import { say, sayText } from "@/lib/say";
import { imageTypeNames, maxImageBytes, maxImagePixels } from "./schema";
import { sniffImage, type Sniffed } from "./sniff";

/** The bytes of an image with what they say of themselves. */
export type ImageFile = Sniffed & {
  /** Of the bytes, hex. */
  sha256: string;
  bytes: Uint8Array<ArrayBuffer>;
};

/** Why bytes are not taken as an image, to follow upon what they are called. */
export type ImageProblem = { code: "too_large" | "unsupported"; problem: string };

const megabytes = maxImageBytes / 1024 ** 2;

export function tooLarge(): ImageProblem {
  return { code: "too_large", problem: say`is larger than ${megabytes} MB, which is the most that is taken` };
}

/** Bytes as an image, or why they are none that is taken. */
export function readImage(bytes: Uint8Array<ArrayBuffer>): { file: ImageFile } | ImageProblem {
  if (bytes.byteLength > maxImageBytes) return tooLarge();
  const sniffed = sniffImage(bytes);
  if (!sniffed) return { code: "unsupported", problem: say`is no ${sayText(imageTypeNames)} image` };
  if (sniffed.width * sniffed.height > maxImagePixels) {
    const millions = maxImagePixels / 1e6;
    return {
      code: "too_large",
      problem: say`has more than ${millions} million pixels, which is the most that is taken`,
    };
  }
  return { file: { ...sniffed, sha256: createHash("sha256").update(bytes).digest("hex"), bytes } };
}
